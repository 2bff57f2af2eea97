// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordLineTest {
  private final RecordHeaders headers = new RecordHeaders();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ConsumerRecord<byte[], byte[]> message(byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        "twinlog.ingress",
        2,
        7,
        1_767_225_600_000L,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  @Test
  void rendersWhatARecordHas() {
    headers.add("tl-type", utf8("device.online")).add("raw", new byte[] {(byte) 0xff});
    assertThat(new RecordLine("ingress").of(message(utf8("d-1"), utf8("{\"a\":1}"))))
        .hasToString(
            "{\"topic\":\"ingress\",\"partition\":2,\"offset\":7,"
                + "\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"key\":\"d-1\","
                + "\"headers\":{\"tl-type\":\"device.online\",\"raw\":{\"base64\":\"/w==\"}},"
                + "\"value\":{\"a\":1}}");
  }

  @Test
  void rendersWhatARecordHasNot() {
    assertThat(new RecordLine("ingress").of(message(null, null)))
        .hasToString(
            "{\"topic\":\"ingress\",\"partition\":2,\"offset\":7,"
                + "\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"key\":null,\"headers\":{},"
                + "\"value\":null}");
  }

  @Test
  void keepsEachValueOfAHeaderThatIsRepeated() {
    headers.add("a", utf8("1")).add("a", null).add("a", utf8("3"));
    assertThat(new RecordLine("t").of(message(null, null)).get("headers"))
        .hasToString("{\"a\":[\"1\",null,\"3\"]}");
  }

  @Test
  void knowsATickByItsHeaderAlone() {
    assertThat(RecordLine.isTick(message(null, utf8("tick")))).isFalse();
    headers.add("tl-type", utf8("tick"));
    assertThat(RecordLine.isTick(message(null, null))).isTrue();
  }
}
