// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.wire.Repeats;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A partition that is a subscriber's: how far it is, what it knows of repeats, whether it rests.
 */
final class SubscribedPart {
  final Progress progress;

  /** As it stands in Kafka. */
  String noted = "";

  boolean paused;

  /** A record that came, and had no room: when it comes again it is no repeat. */
  long putBack = -1;

  private final Repeats repeats = new Repeats();
  private final Map<String, Boolean> known;

  /**
   * @param keysMax of which it is remembered what was the newest
   */
  SubscribedPart(long next, int keysMax) {
    progress = new Progress(next);
    known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            boolean tooMany = size() > keysMax;
            if (tooMany) {
              repeats.forget(eldest.getKey().getBytes(StandardCharsets.UTF_8));
            }
            return tooMany;
          }
        };
  }

  /**
   * Whether a job has written it before; of the keys that were unheard for longest nothing is
   * remembered.
   */
  boolean isRepeat(Received record, byte[] key) {
    known.put(record.key(), true);
    return repeats.isRepeat(key, record.headers());
  }
}
