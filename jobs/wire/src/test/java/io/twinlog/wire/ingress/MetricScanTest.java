// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.Scalars;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the scan is sure, it reads what the tree reads; else it says so. */
class MetricScanTest {
  private final MetricScan scan = new MetricScan();

  private List<Value> scanned(String payload) {
    byte[] bytes = ("before" + payload + "}\",behind").getBytes(StandardCharsets.UTF_8);
    int to = bytes.length - "}\",behind".length();
    return scan.read(bytes, "before".length(), to);
  }

  /** Empty: a decoder would not have let it pass. */
  private static Optional<List<Value>> tree(String payload) {
    ByteBuffer bytes = ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8));
    try {
      JsonNode data = Payloads.read(new EventData(bytes, "1", Encoding.JSON)).path("data");
      List<Value> values = new ArrayList<>();
      data.properties()
          .forEach(
              entry -> values.add(new Value(entry.getKey(), Scalars.scalar(entry.getValue()))));
      return Optional.of(values);
    } catch (Payloads.UnreadablePayloadException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String number(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int digits = 1 + random.nextInt(random.nextInt(4) == 0 ? 24 : 6);
    text.append(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(9));
    if (text.charAt(text.length() - 1) != '0') {
      random.ints(digits, 0, 10).forEach(text::append);
    }
    if (random.nextBoolean()) {
      text.append('.');
      random.ints(1 + random.nextInt(19), 0, 10).forEach(text::append);
    }
    if (random.nextInt(5) == 0) {
      text.append(random.nextBoolean() ? "e" : "E-").append(random.nextInt(60));
    }
    return text.toString();
  }

  private static String text(Random random) {
    String[] parts = {
      "a",
      "temperature",
      "Gerät",
      "😀",
      "\\n",
      "\\u0041",
      "\\\"",
      " ",
      "/",
      "\\ud83d\\ude00",
      "x",
      "y"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(parts[random.nextInt(random.nextInt(3) == 0 ? parts.length : 2)]);
    }
    return text.toString();
  }

  private static String value(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> "true";
      case 1 -> "false";
      case 2 -> '"' + text(random) + '"';
      case 3 -> random.nextInt(4) == 0 ? "{\"x\":1}" : "[1]".repeat(random.nextInt(2)) + "1";
      default -> number(random);
    };
  }

  private static String payload(Random random) {
    StringBuilder json = new StringBuilder("{");
    if (random.nextBoolean()) {
      json.append("\"device_id\" : \"d-1\",");
    }
    json.append("\"data\":{");
    for (int i = random.nextInt(4); i >= 0; i--) {
      json.append('"').append(text(random)).append(random.nextInt(3) > 0 ? i : "").append("\":");
      json.append(value(random)).append(i > 0 ? "," : "").append(" \n".repeat(random.nextInt(2)));
    }
    return json.append("}}").toString();
  }

  @Test
  void readsWhatTheTreeReads() {
    Random random = new Random(1);
    int sure = 0;
    for (int i = 0; i < 2_500; i++) {
      String payload = payload(random);
      List<Value> values = scanned(payload);
      Optional<List<Value>> tree = tree(payload);
      if (values != null && tree.isPresent()) {
        assertThat(values).as(payload).isEqualTo(tree.get());
        sure++;
      }
    }
    assertThat(sure).isGreaterThan(800);
  }

  @Test
  void readsNumbersToTheNearestDouble() {
    Random random = new Random(2);
    int decimals = 0;
    for (int i = 0; i < 4_000; i++) {
      String number = number(random);
      List<Value> values = scanned("{\"data\":{\"t\":" + number + "}}");
      if (values != null && values.get(0).value() instanceof Scalar.Decimal decimal) {
        assertThat(decimal.value()).as(number).isEqualTo(Double.parseDouble(number));
        decimals++;
      } else if (values != null) {
        Scalar.Whole whole = (Scalar.Whole) values.get(0).value();
        assertThat((double) whole.value()).as(number).isEqualTo(Double.parseDouble(number) + 0.0);
      }
    }
    assertThat(decimals).isGreaterThan(1_200);
  }

  @Test
  void isSureOfWhatDevicesSend() {
    assertThat(
            scanned("{\"device_id\":\"d\",\"data\":{\"t\":21.5,\"n\":-3,\"ok\":true,\"s\":\"é\"}}"))
        .containsExactly(
            new Value("t", new Scalar.Decimal(21.5)),
            new Value("n", new Scalar.Whole(-3)),
            new Value("ok", new Scalar.Flag(true)),
            new Value("s", new Scalar.Text("é")));
    assertThat(scanned("{ \"data\" : { \"t\" : 1.0e2 } , \"site\" : \"x\" }"))
        .containsExactly(new Value("t", new Scalar.Whole(100)));
    assertThat(scanned("{\"data\":{\"温度\":0.10}}"))
        .containsExactly(new Value("温度", new Scalar.Decimal(0.1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"data\":null}",
        "{\"data\":{\"t\":null}}",
        "{\"data\":{\"t\":[1]}}",
        "{\"data\":{\"t\":{\"x\":1}}}",
        "{\"data\":{\"t\":1},\"data\":{\"t\":2}}",
        "{\"data\":{\"t\":1}} ",
        "{\"data\":{\"t\":1}",
        "{\"data\":{\"t\":1}}}",
        "{\"data\":{\"t\":1,}}",
        "{\"data\":{\"t\" 1}}",
        "{\"data\":{\"t\":01}}",
        "{\"data\":{\"t\":1.}}",
        "{\"data\":{\"t\":.5}}",
        "{\"data\":{\"t\":+1}}",
        "{\"data\":{\"t\":1e999}}",
        "{\"data\":{\"t\":NaN}}",
        "{\"data\":{\"t\":truely}}",
        "{\"data\":{\"\\u0074\":1}}",
        "{\"data\":{\"t\":\"a\\nb\"}}",
        "{\"data\":{\"t\":\"a\u0001b\"}}",
        "{\"data\":{\"t\":12345678901234567890}}",
        "{\"other\":5,\"data\":{\"t\":1}}"
      })
  void isNotSureOf(String payload) {
    assertThat(scanned(payload)).isNull();
  }

  @Test
  void isNotSureOfAMetricThatComesTwice() {
    String twice = "{\"data\":{\"t\":1,\"t\":2}}";

    assertThat(tree(twice)).isEmpty();
    assertThat(scanned(twice)).isNull();
  }

  @Test
  void isNotSureOfBytesThatAreNoText() {
    byte[] bytes = "{\"data\":{\"t\":\"??\"}}".getBytes(StandardCharsets.US_ASCII);
    int at = new String(bytes, StandardCharsets.US_ASCII).indexOf('?');
    bytes[at] = (byte) 0xC3;
    bytes[at + 1] = (byte) 0x28;

    assertThat(scan.read(bytes, 0, bytes.length)).isNull();
  }

  @Test
  void neverThrowsForBytesThatAreBroken() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = payload(random).getBytes(StandardCharsets.UTF_8);
      for (int j = random.nextInt(3); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      List<Value> values = scan.read(bytes, 0, bytes.length);
      assertThat(values == null || !values.isEmpty()).isTrue();
      assertThat(scan.read(cut, 0, cut.length) == null || cut.length == bytes.length).isTrue();
    }
  }
}
