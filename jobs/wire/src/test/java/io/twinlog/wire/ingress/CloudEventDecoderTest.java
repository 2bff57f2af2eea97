// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static io.twinlog.wire.ingress.CloudEventExamples.DATA;
import static io.twinlog.wire.ingress.CloudEventExamples.STRUCTURED;
import static io.twinlog.wire.ingress.CloudEventExamples.decoded;
import static io.twinlog.wire.ingress.CloudEventExamples.event;
import static io.twinlog.wire.ingress.CloudEventExamples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Header;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventDecoderTest {
  private static String with(String members) {
    return STRUCTURED.replace("{\"spec", "{" + members + ",\"spec");
  }

  @Test
  void readsEveryAttributeInEitherMode() {
    Event all = event();
    all.getSource().setVersion("1.0");
    all.getData().setSchemaVersion("1");
    all.setMetadata(new EventMetadata("r", "p", "u", "s", 7L, Priority.HIGH, 60_000L, "00-a-b-01"));
    String attributes =
        "\"sourceversion\":\"1.0\",\"dataschema\":\"twinlog:data.collected/1\","
            + "\"correlationid\":\"r\",\"causationid\":\"p\",\"userid\":\"u\",\"sessionid\":\"s\","
            + "\"sequence\":\"0007\",\"priority\":\"HIGH\",\"ttl\":60000,"
            + "\"traceparent\":\"00-a-b-01\",\"unknown\":{\"a\":1},\"datacontenttype\":\"text/json\"";
    List<Header> headers =
        headers(
            "",
            Header.of("ce_sourceversion", "1.0"),
            Header.of("ce_dataschema", "https://x.example/data.collected/v1"),
            Header.of("ce_correlationid", "r"),
            Header.of("ce_causationid", "p"),
            Header.of("ce_userid", "u"),
            Header.of("ce_sessionid", "s"),
            Header.of("ce_sequence", "7"),
            Header.of("ce_priority", "HIGH"),
            Header.of("ce_ttl", "60000"),
            Header.of("ce_traceparent", "00-a-b-01"),
            Header.of("ce_unknown", "x"),
            new Header("ce_nothing", null));

    assertThat(decoded(with(attributes))).isEqualTo(all);
    assertThat(decoded(DATA, headers)).isEqualTo(all);
    assertThat(decoded(with("\"sequence\":7")))
        .isEqualTo(
            Event.newBuilder(event())
                .setMetadata(
                    new EventMetadata(null, null, null, null, 7L, Priority.NORMAL, null, null))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "gw-1                     | d-1 | gw-1                  | d-1",
        "/gw-1                    | d 1 | /gw-1                 | d 1",
        "https://x.example/gw?a=1 | d-1 | https://x.example/gw?a=1 | d-1",
        "plant%207                | d%31| plant 7               | d%31",
        "/gw-1/d-1                | -   | /gw-1                 | d-1",
        "//gw-1/d%201             | -   | //gw-1                | d 1",
        "https://x.example/gw/d-1 | -   | https://x.example/gw  | d-1",
        "urn:uuid:6e8b            | -   | urn:uuid:6e8b         | urn:uuid:6e8b",
        "/d-1                     | -   | /d-1                  | /d-1",
        "d-1                      | -   | d-1                   | d-1",
        "https://x.example        | -   | https://x.example     | https://x.example",
        "/gw/d-1?x                | -   | /gw/d-1?x             | /gw/d-1?x",
        "/gw-1/                   | -   | /gw-1/                | /gw-1/",
      })
  void findsServiceAndComponent(String source, String subject, String service, String component) {
    String given = subject == null ? "null" : '"' + subject + '"';
    Event event =
        (Event)
            decoded(STRUCTURED.replace("\"d-1\"", given).replace("\"gw-1\"", '"' + source + '"'));

    assertThat(event.getSource().getServiceId()).isEqualTo(service);
    assertThat(event.getSource().getComponentId()).isEqualTo(component);
  }

  @Test
  void tellsAllErrorsInTermsOfCloudEvents() {
    String bad =
        STRUCTURED
            .replace("e-1", "x".repeat(65))
            .replace("data.collected", "data.Collected")
            .replace("gw-1", "a b")
            .replace("d-1", "")
            .replace("2026-01-01T00:00:00Z", "yesterday")
            .replace("{\"spec", "{\"ttl\":\"1m\",\"priority\":\"low\",\"sessionid\":7,\"spec");

    assertThat(codesAndPaths(decoded(bad)))
        .isEqualTo(
            "bad_format at source, bad_format at time, wrong_type at sessionid,"
                + " unknown_value at priority, bad_format at ttl, too_long at id,"
                + " bad_format at type, too_short at subject");
  }

  private static String codesAndPaths(Object errors) {
    assertThat(errors).isInstanceOf(String.class);
    return ((String) errors)
        .lines()
        .map(line -> line.substring(0, line.indexOf(": ")))
        .collect(Collectors.joining(", "));
  }

  @Test
  void tellsWhereInTheDataAnErrorIs() {
    String nothing = DATA.replace("21.50", "null");

    assertThat(codesAndPaths(decoded(STRUCTURED.replace(DATA, nothing))))
        .isEqualTo("wrong_type at data.data.temperature");
    assertThat(codesAndPaths(decoded(nothing, headers(""))))
        .isEqualTo("wrong_type at data.data.temperature");
    assertThat(codesAndPaths(decoded("{", headers("")))).isEqualTo("not_json at data");
    assertThat(
            codesAndPaths(
                decoded(
                    STRUCTURED.replace(
                        "\"data\":" + DATA,
                        "\"datacontenttype\":\"application/json\",\"data_base64\":\"eyI=\""))))
        .isEqualTo("not_json at data_base64");
    assertThat(
            codesAndPaths(
                decoded(
                    STRUCTURED.replace(
                        "\"data\":" + DATA, "\"data_base64\":\"" + base64(nothing) + "\""))))
        .isEqualTo("wrong_type at data_base64.data.temperature");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void namesTheAttributeThatAComponentCameFrom() {
    String both = STRUCTURED.replace("\"subject\":\"d-1\",", "");

    assertThat(codesAndPaths(decoded(both.replace("gw-1", "gw/" + "d".repeat(129)))))
        .isEqualTo("too_long at source");
    assertThat(codesAndPaths(decoded(both.replace("gw-1", "")))).isEqualTo("too_short at source");
  }

  @Test
  void asksForATimeAndSaysWhichSchemasItCannotRead() {
    assertThat(decoded(STRUCTURED.replace("\"time\"", "\"at\"")))
        .isEqualTo("missing_field at time: is required and is not there\n");
    assertThat(decoded(STRUCTURED.replace("\"2026-01-01T00:00:00Z\"", "1767225600000")))
        .isEqualTo("wrong_type at time: must be a string, is 1767225600000\n");
    assertThat(decoded(with("\"dataschema\":\"twinlog:data.collected/2\"")))
        .isEqualTo(
            "unsupported_schema_version at dataschema:"
                + " must be one of [1] for data.collected, is \"2\"\n");
    assertThat(decoded(with("\"dataschema\":\"twinlog:device.online/1\"")))
        .isEqualTo(
            "bad_format at dataschema: must be of the type of the event, such as"
                + " twinlog:data.collected/1, is \"twinlog:device.online/1\"\n");
    assertThat(decoded(with("\"dataschema\":\"temperature.json\"")))
        .isEqualTo(
            "bad_format at dataschema: must be a URI with a scheme (RFC 3986, 4.3),"
                + " is \"temperature.json\"\n");
  }

  @Test
  void readsOtherEncodingsOnlyAsBytes() {
    assertThat(decoded(with("\"datacontenttype\":\"application/cbor\"")))
        .isEqualTo(
            "wrong_type at data: must be data_base64 where the datacontenttype is of CBOR,"
                + " is an object\n");
    assertThat(decoded(with("\"datacontenttype\":\"text/plain\"")))
        .isEqualTo(
            "wrong_type at data: must be a string where the datacontenttype is not of JSON,"
                + " is an object\n");
    assertThat(decoded(with("\"datacontenttype\":\"json\"")))
        .isEqualTo(
            "bad_format at datacontenttype: must be a media type, such as application/json,"
                + " is \"json\"\n");
    assertThat(decoded(with("\"datacontenttype\":\"application/json; charset=latin1\"")))
        .isEqualTo(
            "unknown_content_type at datacontenttype: JSON and text are read in UTF-8,"
                + " is \"application/json; charset=latin1\"\n");
  }

  @Test
  void boundsWhatIsRead() {
    assertThat(decoded("\"" + "x".repeat(256 * 1024) + "\"", headers("")))
        .isEqualTo("too_large at data: at most 262144 bytes, has 262146\n");
    assertThat(codesAndPaths(decoded(DATA, headers("", Header.of("ce_x", "x".repeat(65_537))))))
        .isEqualTo("too_long at x");
    assertThat(codesAndPaths(decoded(DATA, headers("", Header.of("ce_" + "x".repeat(129), "")))))
        .isEqualTo("too_long at " + "x".repeat(63) + "…");
    assertThat(codesAndPaths(decoded(STRUCTURED.replace("gw-1", "g".repeat(129)))))
        .isEqualTo("too_long at source");
  }

  @Test
  void saysOfOneWithoutItsContentTypeThatItLacksThat() {
    assertThat(decoded(STRUCTURED.getBytes(UTF_8), List.of()))
        .isEqualTo(
            "unknown_content_type at : the value is a CloudEvent, and must have the header"
                + " content-type: application/cloudevents+json\n");
  }

  @Test
  void takesARecordWithoutTheVersionForOurEnvelope() {
    assertThat(codesAndPaths(decoded("{", headers("ce_specversion")))).isEqualTo("not_json at ");
  }
}
