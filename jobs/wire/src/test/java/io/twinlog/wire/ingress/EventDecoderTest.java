// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Reason;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventDecoderTest {
  private static final Instant TIMESTAMP = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PAYLOAD = "{\"device_id\":\"d-1\", \"data\":{\"temperature\":21.50}}";
  private static final String JSON =
      "{\"id\":\"e-1\",\"event_type\":\"data.collected\","
          + "\"source\":{\"service_id\":\"gw-1\",\"component_id\":\"d-1\",\"version\":\"1.0\"},"
          + "\"timestamp\":\"2026-01-01T01:00:00.000+01:00\","
          + "\"data\":{\"payload\":"
          + PAYLOAD
          + ",\"schema_version\":\"1\",\"encoding\":\"JSON\"},"
          + "\"metadata\":{\"correlation_id\":\"r\",\"causation_id\":\"p\",\"user_id\":\"u\","
          + "\"session_id\":\"s-1\",\"sequence\":7,\"priority\":\"HIGH\",\"ttl\":60000,"
          + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}";
  private static final Event EVENT =
      new Event(
          "e-1",
          "data.collected",
          new EventSource("gw-1", "d-1", "1.0"),
          TIMESTAMP,
          new EventData(utf8(PAYLOAD), "1", Encoding.JSON),
          new EventMetadata(
              "r",
              "p",
              "u",
              "s-1",
              7L,
              Priority.HIGH,
              60_000L,
              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  private static final Catalogue CATALOGUE = new Catalogue(false);
  private final EventDecoder decoder = new EventDecoder(CATALOGUE, DecoderLimits.DEFAULT);

  @Test
  void readsEveryFieldOfTheJsonEnvelope() {
    assertThat(valid(JSON)).isEqualTo(EVENT);
  }

  @Test
  void readsTheAvroEnvelopeToTheSameEvent() {
    byte[] avro = new SingleObject().encode(EVENT);

    assertThat(decoder.decode(avro, null)).isEqualTo(new Decoded.Valid<>(EVENT));
    assertThat(decoder.decode(avro, "avro/binary")).isEqualTo(new Decoded.Valid<>(EVENT));
  }

  @Test
  void fillsInWhatIsLeftOut() {
    Event event =
        valid(
            "{\"id\":\"e\",\"event_type\":\"user.created\",\"source\":{\"service_id\":\"s\","
                + "\"component_id\":\"c\"},\"timestamp\":1767225600000,\"data\":{\"payload\":null}}");

    assertThat(event)
        .isEqualTo(
            new Event(
                "e",
                "user.created",
                new EventSource("s", "c", "0"),
                TIMESTAMP,
                new EventData(utf8("null"), "1", Encoding.JSON),
                new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null)));
  }

  @Test
  void keepsTextAndBytesAsTheyAre() {
    Event text = valid(with("\"é\\n😀\"", "TEXT"));
    Event bytes = valid(with("\"AAH/\"", "BINARY"));

    assertThat(text.getData().getPayload()).isEqualTo(utf8("é\n😀"));
    assertThat(bytes.getData().getPayload()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 1, -1}));
  }

  @Test
  void saysWhereWhichRuleAndWhichValue() {
    Decoded.Rejected<Event> rejected =
        rejected(
            JSON.replace("e-1", "x\\u001b" + "y".repeat(70))
                .replace("21.50", "[1]")
                .replace("60000", "-1"));

    assertThat(rejected.reason()).isEqualTo(DeadLetterReason.INVALID_ENVELOPE);
    assertThat(rejected.errors())
        .containsExactly(
            new Reason(
                "too_long",
                "id",
                "must be 1 to 64 characters, has 72: \"x\\u001b" + "y".repeat(61) + "…\""),
            new Reason(
                "control_character",
                "id",
                "must not hold control characters, is \"x\\u001b" + "y".repeat(61) + "…\""),
            new Reason("out_of_range", "metadata.ttl", "must be 0 to 9007199254740991, is -1"),
            new Reason(
                "wrong_type",
                "data.payload.data.temperature",
                "must be of type [\"string\",\"number\",\"boolean\"], is an array"));
  }

  @Test
  void saysWhichVersionsThereAre() {
    Decoded.Rejected<Event> rejected =
        rejected(JSON.replace("\"schema_version\":\"1\"", "\"schema_version\":\"1.1\""));

    assertThat(rejected.errors())
        .containsExactly(
            new Reason(
                "unsupported_schema_version",
                "data.schema_version",
                "must be one of [1] for data.collected, is \"1.1\""));
  }

  @Test
  void lettingUnknownTypesPassIsASettingExceptForBuiltInPrefixes() {
    String own = JSON.replace("data.collected", "acme.thing");
    String builtIn = JSON.replace("data.collected", "data.thing");
    EventDecoder strict = new EventDecoder(new Catalogue(true), DecoderLimits.DEFAULT);

    assertThat(valid(own).getEventType()).isEqualTo("acme.thing");
    assertThat(rejected(builtIn).reason()).isEqualTo(DeadLetterReason.UNKNOWN_EVENT_TYPE);
    assertThat(strict.decode(bytes(own), null))
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected ->
                assertThat(rejected.reason()).isEqualTo(DeadLetterReason.UNKNOWN_EVENT_TYPE));
    assertThat(strict.decode(bytes(JSON), null)).isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void rejectsPayloadsThatNobodyCouldReadEvenWithoutASchema() {
    Decoded.Rejected<Event> rejected =
        rejected(with("\"AAH/\"", "CBOR").replace("data.collected", "acme.thing"));

    assertThat(rejected.reason()).isEqualTo(DeadLetterReason.INVALID_PAYLOAD);
  }

  @Test
  void limitsAreSettings() {
    EventDecoder tight = new EventDecoder(CATALOGUE, new DecoderLimits(1_000, 4, 60, 14));

    assertThat(tight.decode(bytes(JSON), null)).isInstanceOf(Decoded.Valid.class);
    for (String over :
        new String[] {
          JSON + " ".repeat(1_000),
          JSON.replace("21.50", "{}"),
          JSON.replace("gw-1", "g".repeat(61)),
          JSON.replace("temperature", "t".repeat(15))
        }) {
      assertThat(tight.decode(bytes(over), null))
          .isInstanceOfSatisfying(
              Decoded.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(DeadLetterReason.TOO_LARGE));
    }
  }

  private static String with(String payload, String encoding) {
    return JSON.replace(PAYLOAD, payload)
        .replace("\"encoding\":\"JSON\"", "\"encoding\":\"" + encoding + '"');
  }

  private Event valid(String json) {
    Decoded<Event> decoded = decoder.decode(bytes(json), null);
    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid<Event>) decoded).value();
  }

  private Decoded.Rejected<Event> rejected(String json) {
    Decoded<Event> decoded = decoder.decode(bytes(json), "application/json");
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    return (Decoded.Rejected<Event>) decoded;
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
