// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.bad;
import static io.twinlog.testkit.CloudEventExamples.DATA;
import static io.twinlog.testkit.CloudEventExamples.STRUCTURED;
import static io.twinlog.testkit.CloudEventExamples.binary;
import static io.twinlog.testkit.CloudEventExamples.contentType;
import static io.twinlog.testkit.IngressExamples.replaced;
import static io.twinlog.wire.DeadLetterReason.INVALID_ENVELOPE;
import static io.twinlog.wire.DeadLetterReason.INVALID_PAYLOAD;
import static io.twinlog.wire.DeadLetterReason.MALFORMED;
import static io.twinlog.wire.DeadLetterReason.TOO_LARGE;
import static io.twinlog.wire.DeadLetterReason.UNKNOWN_EVENT_TYPE;
import static io.twinlog.wire.DeadLetterReason.UNSUPPORTED_SCHEMA_VERSION;

import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import java.util.ArrayList;
import java.util.List;

/** CloudEvents in either mode that cannot be read, or say what an event cannot. */
final class BadCloudEvents {
  private BadCloudEvents() {}

  static List<Bad> all() {
    List<Bad> all = new ArrayList<>();
    all.addAll(modes());
    all.addAll(documents());
    all.addAll(attributes());
    all.addAll(data());
    all.addAll(headers());
    return all;
  }

  private static Bad structured(
      String name, String document, DeadLetterReason reason, ErrorCode... codes) {
    return bad("CloudEvent: " + name, document, reason, codes)
        .with(contentType("application/cloudevents+json"));
  }

  private static Bad headers(
      String name, List<Header> headers, DeadLetterReason reason, ErrorCode... codes) {
    return bad("binary CloudEvent: " + name, DATA, reason, codes)
        .with(headers.toArray(Header[]::new));
  }

  private static List<Bad> modes() {
    ErrorCode unknown = ErrorCode.UNKNOWN_CONTENT_TYPE;
    return List.of(
        bad("a CloudEvent without its content type", STRUCTURED, MALFORMED, unknown),
        bad("a CloudEvent that calls itself JSON", STRUCTURED, MALFORMED, unknown)
            .with(contentType("application/json")),
        bad("a batch of CloudEvents", '[' + STRUCTURED + ']', MALFORMED, unknown)
            .with(contentType("application/cloudevents-batch+json")),
        bad("a CloudEvent in Avro", STRUCTURED, MALFORMED, unknown)
            .with(contentType("application/cloudevents+avro")),
        bad("a CloudEvent in a format without a name", STRUCTURED, MALFORMED, unknown)
            .with(contentType("application/cloudevents")),
        bad("a CloudEvent in UTF-16 by its content type", STRUCTURED, MALFORMED, unknown)
            .with(contentType("application/cloudevents+json; charset=utf-16")),
        bad(
                "a CloudEvent that is an Avro envelope",
                IngressExamples.bytes(IngressExamples.avroEvent()),
                MALFORMED,
                ErrorCode.CONTENT_TYPE_MISMATCH)
            .with(contentType("application/cloudevents+json")),
        structured("no value", "", MALFORMED, ErrorCode.EMPTY),
        structured(
            "a list without the type of a batch",
            '[' + STRUCTURED + ']',
            INVALID_ENVELOPE,
            ErrorCode.WRONG_TYPE));
  }

  private static List<Bad> documents() {
    return List.of(
        structured("cut", STRUCTURED.substring(0, 80), MALFORMED, ErrorCode.NOT_JSON),
        structured(
            "a byte order mark", '\uFEFF' + STRUCTURED, MALFORMED, ErrorCode.BYTE_ORDER_MARK),
        structured(
            "the source twice",
            replaced(STRUCTURED, "{\"spec", "{\"source\":\"a\",\"spec"),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        structured(
            "33 levels",
            replaced(
                STRUCTURED, "{\"spec", "{\"x\":" + "[".repeat(32) + "]".repeat(32) + ",\"spec"),
            TOO_LARGE,
            ErrorCode.TOO_DEEP),
        structured(
            "an extension of 64 KiB and one",
            replaced(STRUCTURED, "{\"spec", "{\"x\":\"" + "x".repeat(65_537) + "\",\"spec"),
            TOO_LARGE,
            ErrorCode.TOO_LONG),
        structured(
            "an empty object",
            "{}",
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD),
        structured(
            "our own envelope",
            IngressExamples.EVENT,
            INVALID_ENVELOPE,
            ErrorCode.BAD_FORMAT,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.WRONG_TYPE,
            ErrorCode.MISSING_FIELD));
  }

  private static List<Bad> attributes() {
    ErrorCode format = ErrorCode.BAD_FORMAT;
    return List.of(
        structured(
            "of version 0.3",
            replaced(STRUCTURED, "\"1.0\"", "\"0.3\""),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE),
        structured(
            "of a version that is a number",
            replaced(STRUCTURED, "\"1.0\"", "1.0"),
            INVALID_ENVELOPE,
            ErrorCode.WRONG_TYPE),
        structured(
            "an extension in camel case",
            replaced(STRUCTURED, "{\"spec", "{\"correlationId\":\"r\",\"spec"),
            INVALID_ENVELOPE,
            format),
        structured(
            "a type in capitals",
            replaced(STRUCTURED, "data.collected", "Microsoft.Devices.DeviceTelemetry"),
            INVALID_ENVELOPE,
            format),
        structured(
            "a type that nobody knows",
            replaced(STRUCTURED, "data.collected", "device.exploded"),
            UNKNOWN_EVENT_TYPE,
            ErrorCode.UNKNOWN_EVENT_TYPE),
        structured(
            "a source with a space",
            replaced(STRUCTURED, "gw-1", "gw 1"),
            INVALID_ENVELOPE,
            format),
        structured(
            "an encoded line end in the source",
            replaced(STRUCTURED, "gw-1", "gw%0A1"),
            INVALID_ENVELOPE,
            ErrorCode.CONTROL_CHARACTER),
        structured(
            "no time",
            replaced(STRUCTURED, "\"time\"", "\"at\""),
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD),
        structured(
            "a time without an offset",
            replaced(STRUCTURED, "00:00Z", "00:00"),
            INVALID_ENVELOPE,
            format),
        structured(
            "a schema that is no URI",
            replaced(STRUCTURED, "{\"spec", "{\"dataschema\":\"temperature\",\"spec"),
            INVALID_ENVELOPE,
            format),
        structured(
            "a schema of a version that there is not",
            replaced(STRUCTURED, "{\"spec", "{\"dataschema\":\"urn:x:temperature:2\",\"spec"),
            UNSUPPORTED_SCHEMA_VERSION,
            ErrorCode.UNSUPPORTED_SCHEMA_VERSION),
        structured(
            "a sequence of letters",
            replaced(STRUCTURED, "{\"spec", "{\"sequence\":\"a01\",\"spec"),
            INVALID_ENVELOPE,
            format),
        structured(
            "a ttl of more than 64 bits",
            replaced(STRUCTURED, "{\"spec", "{\"ttl\":\"99999999999999999999\",\"spec"),
            INVALID_ENVELOPE,
            ErrorCode.OUT_OF_RANGE));
  }

  private static List<Bad> data() {
    String member = "\"data\":" + DATA;
    return List.of(
        structured(
            "no data",
            replaced(STRUCTURED, ',' + member, ""),
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD),
        structured(
            "data of null bytes",
            replaced(STRUCTURED, member, "\"data_base64\":null"),
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD),
        structured(
            "data twice, once as bytes",
            replaced(
                STRUCTURED,
                member,
                member + ",\"data_base64\":\"eyJkZXZpY2VfaWQiOiJkLTEiLCJkYXRhIjp7InQiOjF9fQ==\""),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        structured(
            "bytes that are no base64",
            replaced(STRUCTURED, member, "\"data_base64\":\"%%\""),
            INVALID_ENVELOPE,
            ErrorCode.NOT_BASE64),
        structured(
            "bytes that are no JSON",
            replaced(STRUCTURED, member, "\"datacontenttype\":\"a/json\",\"data_base64\":\"eyI=\""),
            INVALID_PAYLOAD,
            ErrorCode.NOT_JSON),
        structured(
            "CBOR in words",
            replaced(STRUCTURED, member, "\"datacontenttype\":\"application/cbor\",\"data\":\"x\""),
            INVALID_ENVELOPE,
            ErrorCode.WRONG_TYPE),
        structured(
            "a content type that is none",
            replaced(STRUCTURED, "{\"spec", "{\"datacontenttype\":\"json\",\"spec"),
            INVALID_ENVELOPE,
            ErrorCode.BAD_FORMAT),
        structured(
            "data that breaks its schema",
            replaced(STRUCTURED, "21.5", "null"),
            INVALID_PAYLOAD,
            ErrorCode.WRONG_TYPE));
  }

  private static List<Bad> headers() {
    return List.of(
        headers(
            "of version 1.1",
            binary("ce_specversion", Header.of("ce_specversion", "1.1")),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE),
        headers("no id", binary("ce_id"), INVALID_ENVELOPE, ErrorCode.MISSING_FIELD),
        headers(
            "a type that is null",
            binary("ce_type", new Header("ce_type", null)),
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD),
        headers(
            "the id twice",
            binary("", Header.of("ce_id", "e-2")),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        headers(
            "two content types",
            binary("", contentType("application/json")),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        headers(
            "a subject in Latin-1",
            binary("ce_subject", new Header("ce_subject", new byte[] {(byte) 0xfc})),
            MALFORMED,
            ErrorCode.NOT_UTF8),
        headers(
            "an extension with a hyphen",
            binary("", Header.of("ce_session-id", "s")),
            INVALID_ENVELOPE,
            ErrorCode.BAD_FORMAT),
        headers(
            "an id that moves the cursor",
            binary("ce_id", Header.of("ce_id", "\u001b[2J")),
            INVALID_ENVELOPE,
            ErrorCode.CONTROL_CHARACTER),
        headers(
            "JSON in another character set",
            binary("content-type", contentType("application/json; charset=utf-16")),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_CONTENT_TYPE),
        bad("binary CloudEvent: no value", (byte[]) null, INVALID_ENVELOPE, ErrorCode.MISSING_FIELD)
            .with(binary("").toArray(Header[]::new)),
        bad("binary CloudEvent: an empty value", "", INVALID_PAYLOAD, ErrorCode.EMPTY)
            .with(binary("").toArray(Header[]::new)),
        bad(
                "binary CloudEvent: a byte over 256 KiB",
                DATA + " ".repeat(256 * 1024 + 1 - DATA.length()),
                TOO_LARGE,
                ErrorCode.TOO_LARGE)
            .with(binary("").toArray(Header[]::new)));
  }
}
