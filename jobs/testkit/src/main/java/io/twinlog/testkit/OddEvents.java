// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.utf8;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.event;
import static io.twinlog.testkit.IngressExamples.replaced;

import io.twinlog.schemas.Encoding;
import io.twinlog.testkit.BadInput.Odd;
import io.twinlog.wire.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events that look bad and are good: whoever rejects one of them loses a user's data. */
final class OddEvents {
  private static final String TIME = "\"2026-01-01T00:00:00.000Z\"";

  private OddEvents() {}

  static List<Odd> all() {
    List<Odd> all = new ArrayList<>();
    all.addAll(ids());
    all.addAll(times());
    all.addAll(payloads());
    all.addAll(forms());
    all.addAll(OddCloudEvents.all());
    return all;
  }

  private static List<Odd> ids() {
    return List.of(
        device("markup as a device id", "<img src=x onerror=alert(1)>"),
        device("SQL as a device id", "'; DROP TABLE devices; --"),
        device("a path as a device id", "../../../etc/passwd"),
        device("a formula as a device id", "=cmd|' /C calc'!A0"),
        device("emoji with joiners as a device id", "👩‍👩‍👧‍👦🏳️‍🌈"),
        device("128 emoji as a device id", "😀".repeat(128)),
        device("a space as a device id", " "),
        device("right-to-left text as a device id", "جهاز‏ ١"),
        device("U+FFFD as a device id", "\uFFFD"),
        device("a line separator as a device id", "a\u2028b"),
        device("characters that are none as a device id", "\uFFFF\uDBFF\uDFFF"),
        odd("an id of 64 emoji", replaced(EVENT, "e-1", "😀".repeat(64)), "d-1"),
        odd("an escaped emoji in the id", replaced(EVENT, "e-1", "\\ud83d\\ude00"), "d-1"));
  }

  private static Odd device(String name, String deviceId) {
    return odd(
        name,
        replaced(EVENT, "\"device_id\":\"d-1\"", "\"device_id\":\"" + deviceId + '"'),
        deviceId);
  }

  private static List<Odd> times() {
    return List.of(
        odd("the first moment of 1970", replaced(EVENT, TIME, "0"), "d-1"),
        odd(
            "1970 east of Greenwich",
            replaced(EVENT, TIME, "\"1970-01-01T00:00:00+14:00\""),
            "d-1"),
        odd(
            "2036, when NTP's clock turns over",
            replaced(EVENT, TIME, "\"2036-02-07T06:28:16Z\""),
            "d-1"),
        odd("2038, when 32 bits turn over", replaced(EVENT, TIME, "2147483648000"), "d-1"),
        odd(
            "the last moment of 9999",
            replaced(EVENT, TIME, "\"9999-12-31T23:59:59.999Z\""),
            "d-1"),
        odd("nanoseconds", replaced(EVENT, TIME, "\"2026-01-01T00:00:00.123456789+05:45\""), "d-1"),
        odd("lower-case t and z", replaced(EVENT, TIME, "\"2026-01-01t00:00:00z\""), "d-1"),
        odd("a ttl of nothing", replaced(EVENT, "60000", "0"), "d-1"));
  }

  private static List<Odd> payloads() {
    return List.of(
        odd(
            "line ends in a message",
            event("device.error", "{\"error\":{\"message\":\"a\\r\\nb\\u0000\\u001b[31m\"}}"),
            "d-1"),
        odd("no device id in the payload", event("device.online", "{}"), "d-1"),
        odd(
            "a field that the schema does not know",
            event("device.online", "{\"x\":{\"y\":[null]}}"),
            "d-1"),
        odd("the smallest number", replaced(EVENT, "21.5", "5e-324"), "d-1"),
        odd("a number that underflows", replaced(EVENT, "21.5", "1e-9999"), "d-1"),
        odd("the largest number", replaced(EVENT, "21.5", "1.7976931348623157e308"), "d-1"),
        odd("an integer of 300 digits", replaced(EVENT, "21.5", "9".repeat(300)), "d-1"),
        odd("minus zero", replaced(EVENT, "21.5", "-0.0"), "d-1"),
        odd("a metric named __proto__", replaced(EVENT, "temperature", "__proto__"), "d-1"),
        odd("a metric with a dot", replaced(EVENT, "temperature", "a.b"), "d-1"),
        odd(
            "an interval of 60.0",
            event("device.registered", "{\"model\":\"m\",\"heartbeat_interval_ms\":60.0}"),
            "d-1"),
        odd("any type of a prefix of the user's", event("acme.thing", "[[],null]"), "d-1"),
        odd(
            "a device id that is none, of a type of the user's",
            event("acme.thing", "{\"device_id\":7}"),
            "d-1"),
        odd(
            "32 levels",
            replaced(EVENT, "{\"id\"", "{\"x\":" + "[".repeat(31) + "]".repeat(31) + ",\"id\""),
            "d-1"));
  }

  private static List<Odd> forms() {
    Map<String, Object> metrics = new HashMap<>();
    metrics.put("t", 21.5);
    metrics.put("on", true);
    byte[] cbor = {(byte) 0xA1, 0x64, 'd', 'a', 't', 'a', (byte) 0xA1, 0x61, 't', 0x01};
    return List.of(
        odd(
            "nothing that is optional",
            "{\"id\":\"e\",\"event_type\":\"device.online\",\"source\":{\"service_id\":\"s\",\"component_id\":\"d-2\"},\"timestamp\":0,\"data\":{\"payload\":{}}}",
            "d-2"),
        odd(
            "null for what is optional",
            EVENT.replaceFirst("\"metadata\":.*", "\"metadata\":null}"),
            "d-1"),
        odd("unknown fields", replaced(EVENT, "{\"id\"", "{\"specversion\":1,\"id\""), "d-1"),
        odd("white space all around", " \r\n\t" + EVENT.replace(",", " ,\n ") + "\n\n", "d-1"),
        odd(
            "text",
            replaced(EVENT, "\"JSON\"", "\"TEXT\"")
                .replaceFirst("\"payload\":\\{.*?\\}\\}", "\"payload\":\"{\""),
            "d-1"),
        odd("bytes", event("data.collected", Encoding.BINARY, new byte[] {0, -1}), "d-1"),
        odd("CBOR", event("data.collected", Encoding.CBOR, cbor), "d-1"),
        odd(
            "Avro within JSON",
            event("data.collected", Encoding.AVRO, IngressExamples.avroPayload("d-3", metrics)),
            "d-3"),
        odd(
            "Avro within JSON, without a device id",
            event("data.collected", Encoding.AVRO, IngressExamples.avroPayload(null, metrics)),
            "d-1"),
        new Odd(
            "an Avro envelope",
            null,
            IngressExamples.bytes(IngressExamples.avroEvent()),
            List.of(Header.of("content-type", "Application/Avro")),
            "d-1"),
        new Odd(
            "a content type with parameters",
            utf8("k"),
            utf8(EVENT),
            List.of(Header.of("content-type", "application/json; charset=\"UTF-8\"; v=1")),
            "d-1"),
        new Odd(
            "a content type that is null",
            utf8(""),
            utf8(EVENT),
            List.of(new Header("content-type", null)),
            "d-1"));
  }

  private static Odd odd(String name, String value, String deviceId) {
    return new Odd(name, utf8("d-1"), utf8(value), List.of(), deviceId);
  }
}
