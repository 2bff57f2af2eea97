// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.domain.Reason;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.SingleObject;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Dead letters and results as they stand in their topics. */
final class Letters {
  static final long WALL = 1_767_225_600_000L;

  private Letters() {}

  /** A letter of the router at 0/offset; its origin has the number {@code origin}. */
  static ConsumerRecord<byte[], byte[]> letter(
      long offset, long origin, String key, Attempt attempt) {
    return letter(offset, origin, key, DeadLetterReason.MALFORMED, attempt, List.of());
  }

  static ConsumerRecord<byte[], byte[]> letter(
      long offset,
      long origin,
      String key,
      DeadLetterReason reason,
      Attempt attempt,
      List<Header> original) {
    RecordHeaders headers = new RecordHeaders();
    new DeadLetterHeaders(
            "twinlog.ingress",
            1,
            origin,
            "router",
            reason,
            List.of(new Reason("not_json", "a.b", "no \u001b[31mJSON")),
            attempt)
        .after(original)
        .forEach(header -> headers.add(header.key(), header.value()));
    headers.add("tl-origin", ("router/t/1/" + origin + "/0").getBytes(UTF_8));
    headers.add("tl-clock", ("1/5/" + (WALL + offset)).getBytes(UTF_8));
    return record(offset, key, "{\"event_type\":\"device.online\"}".getBytes(UTF_8), headers);
  }

  static ConsumerRecord<byte[], byte[]> record(
      long offset, String key, byte[] value, RecordHeaders headers) {
    return new ConsumerRecord<>(
        "topic",
        0,
        offset,
        7,
        TimestampType.CREATE_TIME,
        0,
        0,
        key == null ? null : key.getBytes(UTF_8),
        value,
        headers,
        Optional.empty());
  }

  static Attempt second(LetterId previous) {
    return new Attempt(2, 5, WALL, Optional.of(previous), "");
  }

  static ConsumerRecord<byte[], byte[]> result(
      String id, String command, CommandStatus status, String... codes) {
    List<io.twinlog.schemas.Reason> reasons =
        List.of(codes).stream().map(code -> new io.twinlog.schemas.Reason(code, "", "")).toList();
    CommandResult result =
        new CommandResult(id, command, "0/1", status, 0L, null, reasons, List.of());
    return record(0, id, new SingleObject().encode(result), new RecordHeaders());
  }
}
