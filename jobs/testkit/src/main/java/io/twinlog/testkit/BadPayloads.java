// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.bad;
import static io.twinlog.testkit.BadInput.utf8;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.event;
import static io.twinlog.testkit.IngressExamples.replaced;
import static io.twinlog.wire.DeadLetterReason.INVALID_ENVELOPE;
import static io.twinlog.wire.DeadLetterReason.INVALID_PAYLOAD;
import static io.twinlog.wire.DeadLetterReason.MALFORMED;
import static io.twinlog.wire.DeadLetterReason.UNKNOWN_EVENT_TYPE;
import static io.twinlog.wire.DeadLetterReason.UNSUPPORTED_SCHEMA_VERSION;

import io.twinlog.schemas.Encoding;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events in JSON envelopes whose type is unknown or whose payload breaks its schema. */
final class BadPayloads {
  private BadPayloads() {}

  static List<Bad> all() {
    List<Bad> all = new ArrayList<>();
    all.addAll(unknown());
    all.addAll(devices());
    all.addAll(maps());
    all.addAll(services());
    all.addAll(encodings());
    return all;
  }

  private static List<Bad> unknown() {
    String version2 = replaced(EVENT, "\"schema_version\":\"1\"", "\"schema_version\":\"2\"");
    return List.of(
        bad(
            "an unknown type of a built-in prefix",
            event("device.exploded", "{}"),
            UNKNOWN_EVENT_TYPE,
            ErrorCode.UNKNOWN_EVENT_TYPE),
        bad(
            "an unknown type of the recoveries",
            event("recovery.begun", "{}"),
            UNKNOWN_EVENT_TYPE,
            ErrorCode.UNKNOWN_EVENT_TYPE),
        bad(
            "an unknown version",
            version2,
            UNSUPPORTED_SCHEMA_VERSION,
            ErrorCode.UNSUPPORTED_SCHEMA_VERSION),
        bad(
            "an unknown version in text",
            replaced(version2, "\"JSON\"", "\"TEXT\"")
                .replaceFirst("\"payload\":\\{.*?\\}\\}", "\"payload\":\"x\""),
            UNSUPPORTED_SCHEMA_VERSION,
            ErrorCode.UNSUPPORTED_SCHEMA_VERSION),
        bad(
            "a bad id and an unknown version",
            replaced(version2, "e-1", ""),
            INVALID_ENVELOPE,
            ErrorCode.TOO_SHORT,
            ErrorCode.UNSUPPORTED_SCHEMA_VERSION));
  }

  private static List<Bad> devices() {
    return List.of(
        bad(
            "a choice that is not finite",
            event("device.status_changed", "{\"status\":1e400}"),
            MALFORMED,
            ErrorCode.NOT_FINITE),
        violation("device.registered", "{}", ErrorCode.MISSING_FIELD),
        violation(
            "device.registered",
            "{\"model\":\"\",\"timeout_ms\":0}",
            ErrorCode.TOO_SHORT,
            ErrorCode.OUT_OF_RANGE),
        violation(
            "device.registered", "{\"model\":\"m\",\"timeout_ms\":1e300}", ErrorCode.OUT_OF_RANGE),
        violation(
            "device.registered",
            "{\"model\":\"m\",\"heartbeat_interval_ms\":31622400001}",
            ErrorCode.OUT_OF_RANGE),
        violation("device.registered", "{\"model\":\"m\\n\"}", ErrorCode.CONTROL_CHARACTER),
        violation("device.online", "[]", ErrorCode.WRONG_TYPE),
        violation("device.online", "null", ErrorCode.WRONG_TYPE),
        violation("device.online", "{\"device_id\":7}", ErrorCode.WRONG_TYPE),
        violation("device.heartbeat", "{\"device_id\":null}", ErrorCode.WRONG_TYPE),
        violation(
            "device.heartbeat", "{\"device_id\":\"\\u001b[2J\"}", ErrorCode.CONTROL_CHARACTER),
        violation(
            "device.heartbeat", "{\"device_id\":\"" + "x".repeat(129) + "\"}", ErrorCode.TOO_LONG),
        violation(
            "device.offline", "{\"reason\":\"" + "x".repeat(1_025) + "\"}", ErrorCode.TOO_LONG),
        violation("device.status_changed", "{\"status\":\"sleeping\"}", ErrorCode.UNKNOWN_VALUE),
        violation(
            "device.error",
            "{\"error\":{\"severity\":\"fatal\"}}",
            ErrorCode.MISSING_FIELD,
            ErrorCode.UNKNOWN_VALUE),
        violation(
            "device.error",
            "{\"error\":{\"message\":\"" + "x".repeat(4_097) + "\"}}",
            ErrorCode.TOO_LONG),
        violation("device.recovered", "{\"code\":\"" + "x".repeat(129) + "\"}", ErrorCode.TOO_LONG),
        violation(
            "device.configuration_reported",
            "{\"configuration\":{\"a\":null}}",
            ErrorCode.WRONG_TYPE),
        violation("device.decommissioned", "{\"reason\":[\"x\"]}", ErrorCode.WRONG_TYPE));
  }

  private static List<Bad> maps() {
    return List.of(
        violation(
            "device.registered",
            "{\"model\":\"m\",\"attributes\":" + map(65) + "}",
            ErrorCode.TOO_MANY),
        violation(
            "device.registered",
            "{\"model\":\"m\",\"attributes\":{\"a\":{\"b\":1}}}",
            ErrorCode.WRONG_TYPE),
        violation(
            "device.registered", "{\"model\":\"m\",\"attributes\":{\"\":1}}", ErrorCode.TOO_SHORT),
        violation(
            "device.registered",
            "{\"model\":\"m\",\"attributes\":{\"a\\tb\":1}}",
            ErrorCode.CONTROL_CHARACTER),
        violation(
            "device.registered",
            "{\"model\":\"m\",\"attributes\":{\"a\":\"" + "x".repeat(1_025) + "\"}}",
            ErrorCode.TOO_LONG),
        violation("data.collected", "{\"data\":{}}", ErrorCode.TOO_FEW),
        violation("data.collected", "{\"data\":" + map(257) + "}", ErrorCode.TOO_MANY),
        violation(
            "data.collected",
            "{\"data\":{\"t\":null,\"u\":[1]}}",
            ErrorCode.WRONG_TYPE,
            ErrorCode.WRONG_TYPE),
        violation("data.collected", "{\"data\":[21.5]}", ErrorCode.WRONG_TYPE),
        violation("data.processed", "{}", ErrorCode.MISSING_FIELD, ErrorCode.MISSING_FIELD));
  }

  private static List<Bad> services() {
    return List.of(
        violation(
            "service.started",
            "{\"service_id\":\"s\",\"service_info\":{\"name\":\"n\"}}",
            ErrorCode.MISSING_FIELD),
        violation("service.stopped", "{}", ErrorCode.MISSING_FIELD),
        violation(
            "health.check", "{\"service_id\":\"s\",\"status\":\"fine\"}", ErrorCode.UNKNOWN_VALUE),
        violation(
            "system.error",
            "{\"error\":{\"message\":1},\"labels\":{\"a\":1}}",
            ErrorCode.WRONG_TYPE,
            ErrorCode.WRONG_TYPE),
        violation("recovery.failed", "{\"recovery_id\":\"\"}", ErrorCode.TOO_SHORT));
  }

  private static List<Bad> encodings() {
    byte[] avro = IngressExamples.avroPayload("d-1", Map.of("t", 21.5));
    byte[] unknown = avro.clone();
    unknown[5] ^= 1;
    return List.of(
        bad(
            "text that is no string",
            replaced(EVENT, "\"JSON\"", "\"TEXT\""),
            INVALID_ENVELOPE,
            ErrorCode.WRONG_TYPE),
        bad(
            "CBOR that is not base64",
            replaced(event("data.collected", "\"***\""), "\"JSON\"", "\"CBOR\""),
            INVALID_ENVELOPE,
            ErrorCode.NOT_BASE64),
        encoded("CBOR of no bytes", Encoding.CBOR, new byte[0], ErrorCode.EMPTY),
        encoded(
            "CBOR that is cut",
            Encoding.CBOR,
            new byte[] {(byte) 0xA1, 0x64, 'd'},
            ErrorCode.NOT_CBOR),
        encoded(
            "CBOR with bytes after it",
            Encoding.CBOR,
            new byte[] {(byte) 0xA0, 0x00},
            ErrorCode.NOT_CBOR),
        encoded(
            "CBOR that promises 2 GiB",
            Encoding.CBOR,
            new byte[] {0x5A, 0x7f, -1, -1, -1, 1},
            ErrorCode.WRONG_TYPE,
            ErrorCode.NOT_CBOR),
        encoded(
            "CBOR that breaks the schema",
            Encoding.CBOR,
            new byte[] {(byte) 0xA0},
            ErrorCode.MISSING_FIELD),
        encoded("CBOR with NaN", Encoding.CBOR, cborMetric(0xF9, 0x7E, 0x00), ErrorCode.NOT_FINITE),
        encoded(
            "CBOR with infinity",
            Encoding.CBOR,
            cborMetric(0xF9, 0x7C, 0x00),
            ErrorCode.NOT_FINITE),
        encoded(
            "CBOR with a byte string", Encoding.CBOR, cborMetric(0x41, 0x00), ErrorCode.WRONG_TYPE),
        encoded("Avro without its marker", Encoding.AVRO, utf8("hello"), ErrorCode.NOT_AVRO),
        encoded("Avro by an unknown schema", Encoding.AVRO, unknown, ErrorCode.UNKNOWN_SCHEMA),
        encoded(
            "Avro that is cut",
            Encoding.AVRO,
            Arrays.copyOf(avro, avro.length - 2),
            ErrorCode.NOT_AVRO),
        encoded(
            "Avro with NaN",
            Encoding.AVRO,
            IngressExamples.avroPayload("d-1", Map.of("t", Double.NaN)),
            ErrorCode.NOT_FINITE),
        encoded(
            "Avro that breaks the schema",
            Encoding.AVRO,
            IngressExamples.avroPayload("", Map.of()),
            ErrorCode.TOO_FEW,
            ErrorCode.TOO_SHORT));
  }

  /** {"data":{"t": ...}} */
  private static byte[] cborMetric(int... value) {
    int[] head = {0xA1, 0x64, 'd', 'a', 't', 'a', 0xA1, 0x61, 't'};
    byte[] bytes = new byte[head.length + value.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i < head.length ? head[i] : value[i - head.length]);
    }
    return bytes;
  }

  private static String map(int entries) {
    return IntStream.range(0, entries)
        .mapToObj(i -> "\"k" + i + "\":" + i)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Bad violation(String type, String payload, ErrorCode... codes) {
    String shown = payload.length() > 60 ? payload.substring(0, 60) + "…" : payload;
    return bad(type + ' ' + shown, event(type, payload), INVALID_PAYLOAD, codes);
  }

  private static Bad encoded(String name, Encoding encoding, byte[] payload, ErrorCode... codes) {
    return bad(name, event("data.collected", encoding, payload), INVALID_PAYLOAD, codes);
  }
}
