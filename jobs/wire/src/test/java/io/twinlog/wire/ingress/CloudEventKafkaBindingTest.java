// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static io.twinlog.wire.ingress.CloudEventExamples.DATA;
import static io.twinlog.wire.ingress.CloudEventExamples.STRUCTURED;
import static io.twinlog.wire.ingress.CloudEventExamples.STRUCTURED_JSON;
import static io.twinlog.wire.ingress.CloudEventExamples.event;
import static io.twinlog.wire.ingress.CloudEventExamples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the Kafka protocol binding of CloudEvents 1.0.2, and the JSON format that it builds on, ask
 * of who reads records: one case for each sentence, by its section. What they ask of producers is
 * in CloudEventRoundTripTest.
 */
class CloudEventKafkaBindingTest {
  private static final byte[] VALUE = STRUCTURED.getBytes(UTF_8);

  /**
   * @param section of the text; J: of the JSON event format, C: of the core specification
   * @param answer an event, or what the errors begin with
   */
  private record Case(
      String section, String asks, byte[] value, List<Header> headers, Object answer) {
    @Override
    public String toString() {
      return section + " " + asks;
    }
  }

  private static Case structured(String section, String asks, String document, Object answer) {
    return new Case(section, asks, document.getBytes(UTF_8), List.of(STRUCTURED_JSON), answer);
  }

  private static Case binary(
      String section, String asks, String value, List<Header> headers, Object answer) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    return new Case(section, asks, bytes, headers, answer);
  }

  private static Event with(Encoding encoding, String payload) {
    Event event = event();
    event.setEventType("acme.thing");
    event.setData(new EventData(ByteBuffer.wrap(payload.getBytes(UTF_8)), "1", encoding));
    return event;
  }

  private static String acme(String data) {
    return STRUCTURED.replace("data.collected", "acme.thing").replace("\"data\":" + DATA, data);
  }

  private static List<Header> acme(Header... contentType) {
    List<Header> headers = headers("content-type", contentType);
    headers.replaceAll(
        header -> header.key().equals("ce_type") ? Header.of("ce_type", "acme.thing") : header);
    return headers;
  }

  private static Header contentType(String type) {
    return Header.of("content-type", type);
  }

  static List<Case> modes() {
    return List.of(
        new Case(
            "3",
            "a content type that begins with application/cloudevents: structured",
            VALUE,
            List.of(contentType("application/cloudevents+json; charset=UTF-8")),
            event()),
        new Case(
            "3",
            "the case of the media type says nothing",
            VALUE,
            List.of(contentType("Application/CloudEvents+JSON")),
            event()),
        new Case(
            "3.3.3",
            "headers of the binary mode may stand beside the structured one",
            VALUE,
            headers("content-type", STRUCTURED_JSON, Header.of("ce_id", "other")),
            event()),
        binary("3", "any other content type: binary", DATA, headers(""), event()),
        binary("3", "no content type: binary", "{}", acme(), with(Encoding.BINARY, "{}")),
        new Case(
            "3",
            "a format that is not read is told",
            VALUE,
            headers("content-type", contentType("application/cloudevents+avro")),
            "unknown_content_type at : the content-type must be one of"),
        new Case(
            "1.3",
            "there is no batch mode",
            ("[" + STRUCTURED + "]").getBytes(UTF_8),
            List.of(contentType("application/cloudevents-batch+json")),
            "unknown_content_type at : CloudEvents come one a record"),
        new Case("1.4", "the JSON format is read", VALUE, List.of(STRUCTURED_JSON), event()));
  }

  static List<Case> binaryMode() {
    return List.of(
        binary("1.3", "data is the value as it is", DATA, headers(""), event()),
        binary(
            "3.2.1",
            "the content type is datacontenttype",
            "x;y",
            acme(contentType("text/csv")),
            with(Encoding.TEXT, "x;y")),
        binary(
            "3.2.2",
            "a null value is an event without data",
            null,
            headers(""),
            "missing_field at data: is required and is not there"),
        binary(
            "3.2.2",
            "an empty value is data of no bytes",
            "",
            acme(contentType("image/png")),
            with(Encoding.BINARY, "")),
        new Case(
            "3.2.3",
            "values of headers are UTF-8",
            DATA.getBytes(UTF_8),
            headers("ce_id", new Header("ce_id", new byte[] {'e', (byte) 0xe9})),
            "not_utf8 at id: the header must be UTF-8, is not at byte 1: e9"),
        binary(
            "3.2.3",
            "values of headers are not percent-encoded",
            DATA,
            headers("ce_id", Header.of("ce_id", "%41 é")),
            Event.newBuilder(event()).setId("%41 é").build()),
        binary(
            "3.2.3.1",
            "names of attributes stand behind ce_",
            DATA,
            headers("ce_id", Header.of("id", "e-2")),
            "missing_field at id"),
        binary(
            "C",
            "an attribute is there once",
            DATA,
            headers("", Header.of("ce_id", "e-1")),
            "duplicate_key at id: the header is there twice"),
        binary(
            "C",
            "names are of a-z and 0-9",
            DATA,
            headers("", Header.of("ce_correlationId", "x")),
            "bad_format at correlationId: the name of an attribute must be of a-z and 0-9 alone"),
        binary(
            "C",
            "no attribute is called data",
            DATA,
            headers("", Header.of("ce_data", "x")),
            "bad_format at data: is the value of the record, and no attribute"));
  }

  static List<Case> structuredMode() {
    return List.of(
        structured(
            "3.3.2",
            "an event without data has a value",
            STRUCTURED.replace(",\"data\":" + DATA, ""),
            "missing_field at data: is required and is not there"),
        structured(
            "J 2.2",
            "an attribute that is null is not there",
            STRUCTURED.replace("{\"spec", "{\"sessionid\":null,\"x\":null,\"spec"),
            event()),
        structured(
            "J 2.2",
            "also one that must be there",
            STRUCTURED.replace("\"e-1\"", "null"),
            "missing_field at id"),
        structured(
            "J 3.1.2",
            "data_base64 is decoded",
            acme("\"datacontenttype\":\"text/xml\",\"data_base64\":\"PGEvPg==\""),
            with(Encoding.TEXT, "<a/>")),
        structured(
            "J 3.1",
            "without a content type data_base64 is JSON, too",
            acme("\"data_base64\":\"e30=\""),
            with(Encoding.JSON, "{}")),
        structured(
            "J 3.1.2",
            "of a JSON type it is",
            acme("\"datacontenttype\":\"application/vnd.x+json\",\"data_base64\":\"e30=\""),
            with(Encoding.JSON, "{}")),
        structured(
            "J 3.1.2",
            "without a content type data is JSON",
            acme("\"data\":[1, 2]"),
            with(Encoding.JSON, "[1, 2]")),
        structured(
            "J 3.1.2",
            "a string of JSON is a string, and no document",
            acme("\"data\":\"{}\""),
            with(Encoding.JSON, "\"{}\"")),
        structured(
            "J 3.1.1", "data may be null", acme("\"data\":null"), with(Encoding.JSON, "null")),
        structured(
            "J 3.1.2",
            "data of another type is a string",
            acme("\"datacontenttype\":\"application/xml\",\"data\":\"<a/>\""),
            with(Encoding.BINARY, "<a/>")),
        structured(
            "J 3.1.1",
            "data and data_base64 exclude each other",
            acme("\"data\":1,\"data_base64\":\"e30=\""),
            "duplicate_key at data_base64: there must be data or data_base64, not both"),
        structured(
            "C",
            "the case of a content type says nothing",
            acme("\"datacontenttype\":\"TEXT/Plain; CharSet=UTF-8\",\"data\":\"x\""),
            with(Encoding.TEXT, "x")),
        structured(
            "C",
            "an attribute is there once",
            STRUCTURED.replace("{\"spec", "{\"id\":\"e-1\",\"spec"),
            "duplicate_key at id: the key is there twice"),
        structured(
            "C",
            "the version is 1.0",
            STRUCTURED.replace("\"1.0\"", "\"0.3\""),
            "unknown_value at specversion: must be 1.0, is \"0.3\"\n"));
  }

  @ParameterizedTest
  @MethodSource({"modes", "binaryMode", "structuredMode"})
  void reads(Case asked) {
    Object decoded = CloudEventExamples.decoded(asked.value, asked.headers);

    if (asked.answer instanceof String beginning) {
      assertThat(decoded).asString().startsWith(beginning);
    } else {
      assertThat(decoded).isEqualTo(asked.answer);
    }
  }
}
