// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
  private final RecordJson json = new RecordJson();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return "{\"base64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }

  @Test
  void opensAvro() {
    byte[] avro =
        new SingleObject().encode(new DeviceDownlink("d-1", 1L, Map.of("a", 1L), null, null));
    assertThat(json.value(avro).get("device_id").textValue()).isEqualTo("d-1");
  }

  @Test
  void showsAvroThatIsCutOrUnknownAsBytes() {
    byte[] avro = new SingleObject().encode(new DeviceDownlink("d-1", 1L, Map.of(), null, null));
    byte[] cut = Arrays.copyOf(avro, avro.length - 1);
    byte[] unknown = avro.clone();
    unknown[5]++;
    assertThat(json.value(cut)).hasToString(base64(cut));
    assertThat(json.value(unknown)).hasToString(base64(unknown));
    assertThat(json.value(new byte[] {(byte) 0xC3, 1}).has("base64")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[1.50,1E+9999,123456789012345678901234567890]}",
        "null",
        "\"text\"",
        "12"
      })
  void embedsJsonDigitForDigit(String text) {
    assertThat(json.value(utf8(text))).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "\uFEFF{}",
        "hello",
        "{\"a\":NaN}",
        "\0\0\0001",
        "1E99999999999"
      })
  void showsWhatIsNotExactlyJsonAsBytes(String text) {
    assertThat(json.value(utf8(text))).hasToString(base64(utf8(text)));
  }

  @Test
  void showsJsonThatIsTooDeepAsBytes() {
    byte[] deep = utf8("[".repeat(1_000_000) + "]".repeat(1_000_000));
    assertThat(json.value(deep).has("base64")).isTrue();
    byte[] deepest = utf8("[".repeat(500) + "]".repeat(500));
    assertThat(json.value(deepest).isArray()).isTrue();
  }

  @Test
  void showsMalformedUtf8AsBytes() {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};
    assertThat(json.value(overlong)).hasToString(base64(overlong));
  }

  @Test
  void rendersKeysAndHeaders() {
    assertThat(RecordJson.text(null).isNull()).isTrue();
    assertThat(RecordJson.text(utf8("ünï"))).hasToString("\"ünï\"");
    assertThat(RecordJson.text(new byte[] {(byte) 0x80})).hasToString("{\"base64\":\"gA==\"}");
  }

  @Test
  void rendersATombstoneAsNull() {
    assertThat(json.value(null).isNull()).isTrue();
  }
}
