// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.DeadLettered;
import io.twinlog.client.PublishResult.Dropped;
import io.twinlog.client.PublishResult.Failed;
import io.twinlog.client.PublishResult.Invalid;
import io.twinlog.client.PublishResult.Published;
import java.util.concurrent.atomic.LongAdder;

/** Counts the results of a publisher. For threads to share. */
final class Tally {
  private final LongAdder published = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder invalid = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();

  /** Counts it. */
  PublishResult count(PublishResult result) {
    of(result).increment();
    return result;
  }

  private LongAdder of(PublishResult result) {
    if (result instanceof Published) {
      return published;
    } else if (result instanceof Failed) {
      return failed;
    } else if (result instanceof Invalid) {
      return invalid;
    } else if (result instanceof Dropped) {
      return dropped;
    } else if (result instanceof DeadLettered) {
      return deadLettered;
    }
    throw new IllegalStateException("nothing counts " + result);
  }

  PublisherFigures figures(long retries, Room room) {
    return new PublisherFigures(
        published.sum(),
        failed.sum(),
        invalid.sum(),
        dropped.sum(),
        deadLettered.sum(),
        retries,
        room.events(),
        room.bytes());
  }
}
