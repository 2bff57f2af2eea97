// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Header;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One event in both modes, and how a decoder answers, for tests of CloudEvents. */
final class CloudEventExamples {
  static final String DATA = "{\"data\": {\"temperature\": 21.50}}";

  static final String STRUCTURED =
      "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"type\":\"data.collected\",\"source\":\"gw-1\","
          + "\"subject\":\"d-1\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":"
          + DATA
          + "}";

  static final Header STRUCTURED_JSON = Header.of("content-type", "application/cloudevents+json");

  private static final EventDecoder DECODER =
      new EventDecoder(new Catalogue(false), DecoderLimits.DEFAULT);

  private CloudEventExamples() {}

  /** What both say. */
  static Event event() {
    return new Event(
        "e-1",
        "data.collected",
        new EventSource("gw-1", "d-1", "0"),
        Instant.parse("2026-01-01T00:00:00Z"),
        new EventData(ByteBuffer.wrap(DATA.getBytes(UTF_8)), "1", Encoding.JSON),
        new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null));
  }

  /** The headers of binary mode, without those named, and with others. */
  static List<Header> headers(String without, Header... with) {
    List<Header> headers = new ArrayList<>();
    headers.add(Header.of("ce_specversion", "1.0"));
    headers.add(Header.of("ce_id", "e-1"));
    headers.add(Header.of("ce_type", "data.collected"));
    headers.add(Header.of("ce_source", "gw-1"));
    headers.add(Header.of("ce_subject", "d-1"));
    headers.add(Header.of("ce_time", "2026-01-01T00:00:00Z"));
    headers.add(Header.of("content-type", "application/json"));
    headers.removeIf(header -> header.key().equals(without));
    headers.addAll(List.of(with));
    return headers;
  }

  /** The event, or the errors as {@code code at path: message}, one a line. */
  static Object decoded(byte[] value, List<Header> headers) {
    Decoded<Event> decoded = DECODER.decodeRecord(value, headers);
    if (decoded instanceof Decoded.Valid<Event> valid) {
      return valid.value();
    }
    StringBuilder errors = new StringBuilder();
    for (var error : ((Decoded.Rejected<Event>) decoded).errors()) {
      errors.append(error.code()).append(" at ").append(error.path());
      errors.append(": ").append(error.message()).append('\n');
    }
    return errors.toString();
  }

  /** The same of a document in structured mode. */
  static Object decoded(String document) {
    return decoded(document.getBytes(UTF_8), List.of(STRUCTURED_JSON));
  }

  /** The same of an event in binary mode. */
  static Object decoded(String value, List<Header> headers) {
    return decoded(value.getBytes(UTF_8), headers);
  }
}
