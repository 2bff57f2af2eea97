// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.bad;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.replaced;
import static io.twinlog.wire.DeadLetterReason.INVALID_ENVELOPE;

import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Events whose JSON can be read, but whose envelope breaks a rule. */
final class BadEnvelopes {
  private static final String PAYLOAD = "{\"device_id\":\"d-1\",\"data\":{\"temperature\":21.5}}";

  private BadEnvelopes() {}

  static List<Bad> all() {
    List<Bad> all = new ArrayList<>();
    all.addAll(missingFields());
    all.addAll(wrongTypes());
    all.addAll(badIds());
    all.addAll(badValues());
    return all;
  }

  private static List<Bad> missingFields() {
    ErrorCode missing = ErrorCode.MISSING_FIELD;
    return List.of(
        bad(
            "an empty object",
            "{}",
            INVALID_ENVELOPE,
            missing,
            missing,
            missing,
            missing,
            missing,
            missing),
        bad("no id", replaced(EVENT, "\"id\":\"e-1\",", ""), INVALID_ENVELOPE, missing),
        bad("an id that is null", replaced(EVENT, "\"e-1\"", "null"), INVALID_ENVELOPE, missing),
        bad(
            "no event type",
            replaced(EVENT, "\"event_type\":\"data.collected\",", ""),
            INVALID_ENVELOPE,
            missing),
        bad(
            "no service",
            replaced(EVENT, "\"service_id\":\"gw-1\",", ""),
            INVALID_ENVELOPE,
            missing),
        bad(
            "no component",
            replaced(EVENT, "\"component_id\":\"d-1\",", ""),
            INVALID_ENVELOPE,
            missing),
        bad(
            "no timestamp",
            replaced(EVENT, "\"timestamp\":\"2026-01-01T00:00:00.000Z\",", ""),
            INVALID_ENVELOPE,
            missing),
        bad(
            "no payload",
            replaced(EVENT, "\"payload\":" + PAYLOAD + ",", ""),
            INVALID_ENVELOPE,
            missing),
        bad(
            "a field in camel case",
            replaced(EVENT, "event_type", "eventType"),
            INVALID_ENVELOPE,
            missing));
  }

  private static List<Bad> wrongTypes() {
    ErrorCode wrong = ErrorCode.WRONG_TYPE;
    return List.of(
        bad("an array", "[" + EVENT + "]", INVALID_ENVELOPE, wrong),
        bad("a string", "\"event\"", INVALID_ENVELOPE, wrong),
        bad("null", "null", INVALID_ENVELOPE, wrong),
        bad("an id that is a number", replaced(EVENT, "\"e-1\"", "1"), INVALID_ENVELOPE, wrong),
        bad(
            "a source that is a string",
            replaced(
                EVENT,
                "{\"service_id\":\"gw-1\",\"component_id\":\"d-1\",\"version\":\"1.0\"}",
                "\"gw-1\""),
            INVALID_ENVELOPE,
            wrong),
        bad(
            "a schema version that is a number",
            replaced(EVENT, "\"schema_version\":\"1\"", "\"schema_version\":1"),
            INVALID_ENVELOPE,
            wrong),
        bad(
            "a sequence that is a fraction",
            replaced(EVENT, "\"sequence\":7", "\"sequence\":7.5"),
            INVALID_ENVELOPE,
            wrong),
        bad("a ttl that is a string", replaced(EVENT, "60000", "\"60s\""), INVALID_ENVELOPE, wrong),
        bad(
            "a timestamp that is true",
            replaced(EVENT, "\"2026-01-01T00:00:00.000Z\"", "true"),
            INVALID_ENVELOPE,
            wrong),
        bad(
            "a timestamp in fractions of a second",
            replaced(EVENT, "\"2026-01-01T00:00:00.000Z\"", "1767225600.5"),
            INVALID_ENVELOPE,
            wrong),
        bad(
            "metadata that is an array",
            EVENT.replaceFirst("\"metadata\":.*", "\"metadata\":[]}"),
            INVALID_ENVELOPE,
            wrong),
        bad(
            "data that is a string",
            EVENT.replaceFirst("\"data\":.*", "\"data\":\"x\"}"),
            INVALID_ENVELOPE,
            wrong));
  }

  private static List<Bad> badIds() {
    ErrorCode control = ErrorCode.CONTROL_CHARACTER;
    return List.of(
        bad("an empty id", replaced(EVENT, "e-1", ""), INVALID_ENVELOPE, ErrorCode.TOO_SHORT),
        bad(
            "an id of 65 characters",
            replaced(EVENT, "e-1", "x".repeat(65)),
            INVALID_ENVELOPE,
            ErrorCode.TOO_LONG),
        bad(
            "an id of 65 emoji",
            replaced(EVENT, "e-1", "😀".repeat(65)),
            INVALID_ENVELOPE,
            ErrorCode.TOO_LONG),
        bad(
            "an id with an escaped NUL",
            replaced(EVENT, "e-1", "e\\u0000"),
            INVALID_ENVELOPE,
            control),
        bad("an id with CR LF", replaced(EVENT, "e-1", "e\\r\\nx: y"), INVALID_ENVELOPE, control),
        bad(
            "an id with an ANSI sequence",
            replaced(EVENT, "e-1", "\\u001b[31mred"),
            INVALID_ENVELOPE,
            control),
        bad(
            "an id with a C1 control character",
            replaced(EVENT, "e-1", "e\u009b31m"),
            INVALID_ENVELOPE,
            control),
        bad(
            "a component id with DEL",
            replaced(EVENT, "\"component_id\":\"d-1", "\"component_id\":\"d\u007f"),
            INVALID_ENVELOPE,
            control),
        bad(
            "a service id of 129 characters",
            replaced(EVENT, "gw-1", "x".repeat(129)),
            INVALID_ENVELOPE,
            ErrorCode.TOO_LONG),
        bad(
            "an empty session id",
            replaced(EVENT, "s-1", ""),
            INVALID_ENVELOPE,
            ErrorCode.TOO_SHORT),
        bad(
            "an id that is long and moves the cursor",
            replaced(EVENT, "e-1", "\\t".repeat(65)),
            INVALID_ENVELOPE,
            ErrorCode.TOO_LONG,
            control));
  }

  private static List<Bad> badValues() {
    String time = "\"2026-01-01T00:00:00.000Z\"";
    ErrorCode format = ErrorCode.BAD_FORMAT;
    ErrorCode range = ErrorCode.OUT_OF_RANGE;
    return List.of(
        bad(
            "an event type of one segment",
            replaced(EVENT, "data.collected", "data"),
            INVALID_ENVELOPE,
            format),
        bad(
            "an event type in capitals",
            replaced(EVENT, "data.collected", "Data.Collected"),
            INVALID_ENVELOPE,
            format),
        bad(
            "an event type with an empty segment",
            replaced(EVENT, "data.collected", "data..collected"),
            INVALID_ENVELOPE,
            format),
        bad(
            "an event type with a line end",
            replaced(EVENT, "data.collected", "data.collected\\n"),
            INVALID_ENVELOPE,
            format),
        bad(
            "an event type that is a path",
            replaced(EVENT, "data.collected", "../../etc/passwd"),
            INVALID_ENVELOPE,
            format),
        bad(
            "an event type of 129 characters",
            replaced(EVENT, "data.collected", "data." + "x".repeat(124)),
            INVALID_ENVELOPE,
            ErrorCode.TOO_LONG),
        bad(
            "a timestamp without an offset",
            replaced(EVENT, time, "\"2026-01-01T00:00:00\""),
            INVALID_ENVELOPE,
            format),
        bad(
            "a timestamp that is a date",
            replaced(EVENT, time, "\"2026-01-01\""),
            INVALID_ENVELOPE,
            format),
        bad(
            "the 30th of February",
            replaced(EVENT, time, "\"2026-02-30T00:00:00Z\""),
            INVALID_ENVELOPE,
            format),
        bad(
            "milliseconds in a string",
            replaced(EVENT, time, "\"1767225600000\""),
            INVALID_ENVELOPE,
            format),
        bad(
            "a timestamp of microseconds",
            replaced(EVENT, time, "1767225600000000"),
            INVALID_ENVELOPE,
            range),
        bad(
            "a timestamp before 1970",
            replaced(EVENT, time, "\"1969-07-20T20:17:40Z\""),
            INVALID_ENVELOPE,
            range),
        bad(
            "a timestamp of more than 64 bits",
            replaced(EVENT, time, "99999999999999999999"),
            INVALID_ENVELOPE,
            range),
        bad("a negative ttl", replaced(EVENT, "60000", "-1"), INVALID_ENVELOPE, range),
        bad(
            "a ttl that would overflow",
            replaced(EVENT, "60000", Long.toString(Long.MAX_VALUE)),
            INVALID_ENVELOPE,
            range),
        bad(
            "a negative sequence",
            replaced(EVENT, "\"sequence\":7", "\"sequence\":-7"),
            INVALID_ENVELOPE,
            range),
        bad(
            "an unknown priority",
            replaced(EVENT, "NORMAL", "URGENT"),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE),
        bad(
            "a priority in lower case",
            replaced(EVENT, "NORMAL", "high"),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE),
        bad(
            "an unknown encoding",
            replaced(EVENT, "\"JSON\"", "\"PROTOBUF\""),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE),
        bad(
            "many rules at once",
            replaced(replaced(replaced(EVENT, "e-1", ""), "data.collected", "x"), "60000", "-1"),
            INVALID_ENVELOPE,
            ErrorCode.TOO_SHORT,
            format,
            range));
  }
}
