// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of {@link DeviceIds}, and of {@link Payloads}, on which they rest. */
class DeviceIdsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"device_id\":\"d-2\"}|d-2",
        "{\"data\":{\"device_id\":\"inner\"},\"device_id\":\"d-2\",\"x\":1}|d-2",
        "{\"data\":[{\"device_id\":\"inner\"}]}|component",
        "{\"device_id\":7}|component",
        "{\"device_id\":{}}|component",
        "{\"device_id\":\"\"}|component",
        "{\"device_id\":\"a\\nb\"}|component",
        "[\"device_id\"]|component",
        "\"device_id\"|component"
      })
  void prefersTheDeviceThatThePayloadNames(String payload, String expected) throws IOException {
    byte[] json = payload.getBytes(StandardCharsets.UTF_8);
    byte[] cbor = new CBORMapper().writeValueAsBytes(new ObjectMapper().readTree(payload));

    assertThat(DeviceIds.of(event(Encoding.JSON, json))).isEqualTo(expected);
    assertThat(DeviceIds.of(event(Encoding.CBOR, cbor))).isEqualTo(expected);
    assertThat(DeviceIds.of(event(Encoding.TEXT, json))).isEqualTo("component");
    assertThat(DeviceIds.of(event(Encoding.BINARY, json))).isEqualTo("component");
  }

  @Test
  void leavesTheBufferOfThePayloadAsItWas() {
    Event event = event(Encoding.JSON, "{\"device_id\":\"d\"}".getBytes(StandardCharsets.UTF_8));

    DeviceIds.of(event);
    Payloads.read(event.getData());

    assertThat(event.getData().getPayload().remaining()).isEqualTo(17);
  }

  @Test
  void readsAPayloadThatIsASliceOfALargerBuffer() {
    byte[] around = "xx{\"device_id\":\"d\"}yy".getBytes(StandardCharsets.UTF_8);
    EventData data = new EventData(ByteBuffer.wrap(around, 2, 17), "1", Encoding.JSON);

    assertThat(Payloads.read(data).get("device_id").textValue()).isEqualTo("d");
  }

  @Test
  void readsPayloadsOfAnyDecodersLimits() {
    String deep = "[".repeat(128) + "]".repeat(128);
    EventData data =
        new EventData(ByteBuffer.wrap(deep.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON);

    assertThat(Payloads.read(data).isArray()).isTrue();
  }

  @Test
  void saysWhyAPayloadHasNoTree() {
    EventData cut = new EventData(ByteBuffer.wrap(new byte[] {'{'}), "1", Encoding.JSON);
    EventData text = new EventData(ByteBuffer.wrap(new byte[] {'{'}), "1", Encoding.TEXT);

    assertThatThrownBy(() -> Payloads.read(cut))
        .isInstanceOfSatisfying(
            Payloads.UnreadablePayloadException.class,
            e -> assertThat(e.reasons().get(0).code()).isEqualTo("not_json"));
    assertThatThrownBy(() -> Payloads.read(text))
        .isInstanceOf(Payloads.UnreadablePayloadException.class)
        .hasMessageContaining("encoding TEXT has no tree");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":{\"payload\":{\"device_id\":\"d\"}},\"source\":{\"component_id\":\"c\"}}|d",
        "{\"data\":{\"payload\":\"text\"},\"source\":{\"component_id\":\"c\"}}|c",
        "{\"source\":{\"component_id\":\"c\"}}|c",
        "{\"source\":{\"component_id\":\"c\"},\"id\":\"\\ud800\"}|c"
      })
  void findsTheDeviceOfALineThatNobodyChecked(String line, String expected) {
    assertThat(DeviceIds.ofLine(line.getBytes(StandardCharsets.UTF_8))).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "{",
        "[]",
        "null",
        "{\"source\":[]}",
        "{\"source\":{\"component_id\":7}}",
        "{\"source\":{\"component_id\":\"\\ud800\"}}",
        "{\"data\":{\"payload\":{\"device_id\":null}}}"
      })
  void findsNoneInAnythingElse(String line) {
    assertThat(DeviceIds.ofLine(line.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void survivesALineOfAnyBytes() {
    byte[] bytes = new byte[2_000_000];
    Arrays.fill(bytes, (byte) '[');

    assertThat(DeviceIds.ofLine(bytes)).isEmpty();
    assertThat(DeviceIds.ofLine(new byte[] {-1, 0, 1})).isEmpty();
  }

  private static Event event(Encoding encoding, byte[] payload) {
    return new Event(
        "e",
        "device.online",
        new EventSource("s", "component", "0"),
        Instant.EPOCH,
        new EventData(ByteBuffer.wrap(payload), "1", encoding),
        new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null));
  }
}
