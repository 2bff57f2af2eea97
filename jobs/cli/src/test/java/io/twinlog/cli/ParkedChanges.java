// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.schemas.Reason;
import io.twinlog.wire.Origin;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The topic {@code parked}, one change after the other, a second apart. */
final class ParkedChanges {
  static final String KEY = "d-1";

  String key = KEY;
  String job = "device";
  int attempts = 1;
  Long retryClock;
  private int offset;

  static Instant at(int change) {
    return Instant.ofEpochMilli(Letters.WALL).plusSeconds(change);
  }

  /**
   * The next change.
   *
   * @param input offset of the input in its inbox; -1: a deadline
   */
  ConsumerRecord<byte[], byte[]> next(ParkedChange change, long input, String... codes) {
    boolean held = change == ParkedChange.HELD && input >= 0;
    Parked parked =
        new Parked(
            key,
            job,
            change,
            "twinlog.events.domain",
            3,
            input,
            input < 0 ? "" : "data.collected",
            at(offset),
            attempts,
            retryClock,
            List.of(codes).stream().map(code -> new Reason(code, "p", "why")).toList(),
            held ? ByteBuffer.wrap(Long.toString(input).getBytes(UTF_8)) : null);
    RecordHeaders headers = new RecordHeaders();
    headers.add("tl-origin", new Origin(job, "inbox", 3, 100 + offset, 0).toBytes());
    return Letters.record(offset++, key, new SingleObject().encode(parked), headers);
  }
}
