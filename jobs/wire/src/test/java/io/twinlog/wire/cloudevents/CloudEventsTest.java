// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
  private static final EventMetadata NOTHING =
      new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null);

  private static Event event(EventMetadata metadata, String version, Encoding encoding, byte[] p) {
    return new Event(
        "e-1",
        "data.collected",
        new EventSource("gw 1", "d-1", version),
        Instant.parse("2026-01-01T00:00:00Z"),
        new EventData(ByteBuffer.wrap(p), version.equals("0") ? "1" : "2", encoding),
        metadata);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String structured(Encoding encoding, byte[] payload) {
    String whole = CloudEvents.structured(event(NOTHING, "0", encoding, payload));
    return whole.substring(whole.indexOf("\"datacontenttype\""));
  }

  @Test
  void leavesOutWhatIsAtItsDefault() {
    assertThat(CloudEvents.structured(event(NOTHING, "0", Encoding.JSON, utf8("{\"a\": 1.50}"))))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"gw%201\","
                + "\"type\":\"data.collected\",\"subject\":\"d-1\","
                + "\"time\":\"2026-01-01T00:00:00.000Z\",\"datacontenttype\":\"application/json\","
                + "\"data\":{\"a\": 1.50}}");
  }

  @Test
  void writesEveryField() {
    EventMetadata all =
        new EventMetadata("r", "p", "u", "s", 7L, Priority.HIGH, 60_000L, "00-ab-cd-01");

    assertThat(CloudEvents.structured(event(all, "1.0", Encoding.JSON, utf8("null"))))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"gw%201\","
                + "\"type\":\"data.collected\",\"subject\":\"d-1\","
                + "\"time\":\"2026-01-01T00:00:00.000Z\",\"dataschema\":\"twinlog:data.collected/2\","
                + "\"sourceversion\":\"1.0\",\"correlationid\":\"r\",\"causationid\":\"p\","
                + "\"userid\":\"u\",\"sessionid\":\"s\",\"sequence\":\"0000000000000000007\","
                + "\"priority\":\"HIGH\",\"ttl\":60000,\"traceparent\":\"00-ab-cd-01\","
                + "\"datacontenttype\":\"application/json\",\"data\":null}");
  }

  @Test
  void writesAPayloadAsItsEncodingAsks() {
    assertThat(structured(Encoding.TEXT, utf8("a\n\"é\"")))
        .isEqualTo("\"datacontenttype\":\"text/plain; charset=utf-8\",\"data\":\"a\\n\\\"é\\\"\"}");
    assertThat(structured(Encoding.BINARY, new byte[] {0, 1, -1}))
        .isEqualTo("\"datacontenttype\":\"application/octet-stream\",\"data_base64\":\"AAH/\"}");
    assertThat(structured(Encoding.AVRO, new byte[0]))
        .isEqualTo("\"datacontenttype\":\"application/avro\",\"data_base64\":\"\"}");
    assertThat(structured(Encoding.CBOR, new byte[] {-10}))
        .isEqualTo("\"datacontenttype\":\"application/cbor\",\"data_base64\":\"9g==\"}");
  }

  @Test
  void writesBytesThatAreNotWhatTheEncodingSaysAsBytes() {
    assertThat(structured(Encoding.JSON, utf8("{\"a\":1,\"a\":2}"))).contains("\"data_base64\":");
    assertThat(structured(Encoding.JSON, utf8("1},\"id\":{"))).contains("\"data_base64\":");
    assertThat(structured(Encoding.TEXT, new byte[] {-1})).contains("\"data_base64\":\"/w==\"");
  }

  @Test
  void putsAllButThePayloadIntoHeadersInBinaryMode() {
    EventMetadata some =
        new EventMetadata(null, null, null, "é", null, Priority.LOW, 1L << 40, null);
    byte[] payload = {1, 2, 3};

    CloudEvents.Binary binary = CloudEvents.binary(event(some, "0", Encoding.CBOR, payload));

    assertThat(binary.value()).isEqualTo(payload);
    assertThat(binary.headers())
        .extracting(h -> h.key() + ": " + new String(h.value(), StandardCharsets.UTF_8))
        .containsExactly(
            "ce_specversion: 1.0",
            "ce_id: e-1",
            "ce_source: gw%201",
            "ce_type: data.collected",
            "ce_subject: d-1",
            "ce_time: 2026-01-01T00:00:00.000Z",
            "ce_sessionid: é",
            "ce_priority: LOW",
            "ce_ttl: 1099511627776",
            "content-type: application/cbor");
    assertThat(Header.text(binary.headers(), CloudEvents.SPECVERSION_HEADER)).contains("1.0");
  }
}
