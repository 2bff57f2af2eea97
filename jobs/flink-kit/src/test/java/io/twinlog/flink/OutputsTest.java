// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private static final Trace TRACE = new Trace("flow", "e-1", "00-a-b-01");

  private final List<OutputRecord> written = new ArrayList<>();
  private final Outputs outputs = new Outputs("device", TestingTopics.ALL, written::add);

  @BeforeEach
  void begin() {
    outputs.begin(
        "inbox-id", new InboxRecord.Place(6, 42), 3, new LogClock(1, 2_000, Ticks.WALL), 9);
  }

  private static List<String> names(OutputRecord record) {
    return record.headers().stream().map(Header::key).toList();
  }

  @Test
  void writesToThePartitionOfTheKeyWithEveryHeader() {
    outputs.add(Topic.DEVICE_LOG, "d-1", "DeviceRegistered", new byte[] {1}, TRACE);

    OutputRecord record = written.get(0);
    assertThat(record.topic()).isEqualTo("device.log");
    assertThat(record.partition()).isEqualTo(Partitions.of("d-1".getBytes(UTF_8), 4));
    assertThat(record.key()).isEqualTo("d-1".getBytes(UTF_8));
    assertThat(record.value()).containsExactly(1);
    assertThat(Header.text(record.headers(), HeaderNames.TYPE)).contains("DeviceRegistered");
    assertThat(Header.text(record.headers(), HeaderNames.ORIGIN))
        .contains("device/inbox-id/6/42/3");
    assertThat(Header.text(record.headers(), HeaderNames.CLOCK)).contains("1/2000/" + Ticks.WALL);
    assertThat(Header.text(record.headers(), HeaderNames.RULES)).contains("9");
    assertThat(Header.text(record.headers(), HeaderNames.TRACEPARENT)).contains("00-a-b-01");
  }

  @Test
  void countsOriginsUpWhateverTheTopic() {
    outputs.add(Topic.DEVICE_LOG, "d-1", "x", new byte[0], Trace.NONE);
    outputs.addToAll(Topic.EVENTS_ERROR, "tick", new byte[0]);
    outputs.addDeadLetter(null, null, List.of());

    assertThat(written)
        .extracting(record -> Header.text(record.headers(), HeaderNames.ORIGIN).orElseThrow())
        .containsExactly(
            "device/inbox-id/6/42/3",
            "device/inbox-id/6/42/4",
            "device/inbox-id/6/42/5",
            "device/inbox-id/6/42/6",
            "device/inbox-id/6/42/7",
            "device/inbox-id/6/42/8");
    assertThat(outputs.nextIndex()).isEqualTo(9);
  }

  @Test
  void leavesATraceOutThatThereIsNot() {
    outputs.add(Topic.DEVICE_LOG, "d-1", "x", null, Trace.NONE);

    assertThat(names(written.get(0))).doesNotContain(HeaderNames.TRACEPARENT);
    assertThat(written.get(0).value()).isNull();
  }

  @Test
  void writesARecordForAllToEachPartition() {
    outputs.addToAll(Topic.EVENTS_DOMAIN, "tick", new byte[] {1});

    assertThat(written).extracting(OutputRecord::partition).containsExactly(0, 1, 2, 3);
    assertThat(written).allMatch(record -> record.key() == null);
  }

  @Test
  void keepsKeyValueAndHeadersOfADeadLetter() {
    List<Header> original =
        List.of(Header.of("a", "1"), Header.of("a", "2"), new Header("n", null));

    outputs.addDeadLetter(new byte[] {-1}, new byte[] {0}, original);

    OutputRecord letter = written.get(0);
    assertThat(letter.key()).containsExactly(-1);
    assertThat(letter.value()).containsExactly(0);
    assertThat(letter.headers().subList(0, 3)).isEqualTo(original);
    assertThat(names(letter)).endsWith(HeaderNames.ORIGIN, HeaderNames.CLOCK, HeaderNames.RULES);
  }

  @Test
  void writesADeadLetterWithoutAKeyWhereItsOriginalStood() {
    outputs.addDeadLetter(null, new byte[] {0}, List.of());

    assertThat(written.get(0).partition()).isEqualTo(6 % 4);
  }
}
