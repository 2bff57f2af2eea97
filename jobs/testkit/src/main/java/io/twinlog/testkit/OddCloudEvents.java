// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.utf8;
import static io.twinlog.testkit.CloudEventExamples.DATA;
import static io.twinlog.testkit.CloudEventExamples.STRUCTURED;
import static io.twinlog.testkit.CloudEventExamples.binary;
import static io.twinlog.testkit.CloudEventExamples.contentType;
import static io.twinlog.testkit.IngressExamples.replaced;

import io.twinlog.testkit.BadInput.Odd;
import io.twinlog.wire.Header;
import java.util.List;

/** CloudEvents as others send them: good, however they look. */
final class OddCloudEvents {
  private OddCloudEvents() {}

  static List<Odd> all() {
    return List.of(
        structured("plain", STRUCTURED, "d-1"),
        structured(
            "a device in the source alone",
            replaced(
                replaced(STRUCTURED, "\"subject\":\"d-1\",", ""), "gw-1", "//plant-7/gw/d%201"),
            "d 1"),
        structured(
            "nothing but a source",
            replaced(replaced(STRUCTURED, "\"subject\":\"d-1\",", ""), "gw-1", "urn:uuid:6e8bc430"),
            "urn:uuid:6e8bc430"),
        structured(
            "a device in the data",
            replaced(STRUCTURED, "{\"data\"", "{\"device_id\":\"d-7\",\"data\""),
            "d-7"),
        structured(
            "nulls, and an extension that is an object",
            replaced(STRUCTURED, "{\"spec", "{\"ttl\":null,\"acme\":{\"A-b\":[1]},\"spec"),
            "d-1"),
        structured(
            "data in base64",
            replaced(
                STRUCTURED,
                "\"data\":" + DATA,
                "\"datacontenttype\":\"application/senml+cbor\","
                    + "\"data_base64\":\"oWRkYXRhoWF0AQ==\""),
            "d-1"),
        structured(
            "markup as a subject",
            replaced(STRUCTURED, "d-1", "<img src=x onerror=alert(1)>"),
            "<img src=x onerror=alert(1)>"),
        new Odd(
            "CloudEvent: a content type in capitals",
            utf8("d-1"),
            utf8(STRUCTURED),
            List.of(contentType("APPLICATION/CloudEvents+JSON; charset=UTF-8")),
            "d-1"),
        headers("plain", DATA, binary(""), "d-1"),
        headers(
            "a letter beyond ASCII in a header",
            DATA,
            binary("ce_subject", Header.of("ce_subject", "Gerät 😀")),
            "Gerät 😀"),
        headers(
            "data that looks like our envelope",
            "{\"id\":7,\"data\":{\"t\":1}}",
            binary(""),
            "d-1"),
        headers("words", "21.5", binary("content-type", contentType("text/plain")), "d-1"),
        headers("no content type", "?", binary("content-type"), "d-1"));
  }

  private static Odd structured(String name, String document, String deviceId) {
    return new Odd(
        "CloudEvent: " + name,
        utf8("d-1"),
        utf8(document),
        List.of(CloudEventExamples.structured()),
        deviceId);
  }

  private static Odd headers(String name, String value, List<Header> headers, String deviceId) {
    return new Odd("binary CloudEvent: " + name, utf8("d-1"), utf8(value), headers, deviceId);
  }
}
