// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.bad;
import static io.twinlog.testkit.BadInput.utf8;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.replaced;
import static io.twinlog.wire.DeadLetterReason.MALFORMED;
import static io.twinlog.wire.DeadLetterReason.TOO_LARGE;

import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Events that cannot be read, are too large, or contradict their content type. */
final class BadEvents {
  private static final String PAYLOAD = "{\"device_id\":\"d-1\",\"data\":{\"temperature\":21.5}}";

  private BadEvents() {}

  static List<Bad> all() {
    List<Bad> all = new ArrayList<>();
    all.addAll(nothing());
    all.addAll(notJson());
    all.addAll(notUtf8());
    all.addAll(notUnambiguous());
    all.addAll(tooLarge());
    all.addAll(contentTypes());
    all.addAll(BadEnvelopes.all());
    all.addAll(BadPayloads.all());
    all.addAll(BadAvro.all());
    all.addAll(BadCloudEvents.all());
    return all;
  }

  private static List<Bad> nothing() {
    return List.of(
        bad("no value at all", (byte[]) null, MALFORMED, ErrorCode.EMPTY),
        bad("an empty value", "", MALFORMED, ErrorCode.EMPTY).withKey(null),
        bad("white space alone", " \n\t ", MALFORMED, ErrorCode.EMPTY),
        bad("a key that is no text", "x", MALFORMED, ErrorCode.NOT_JSON)
            .withKey(new byte[] {0, (byte) 0xff}));
  }

  private static List<Bad> notJson() {
    byte[] good = utf8(EVENT);
    return List.of(
        bad("words", "hello", MALFORMED, ErrorCode.NOT_JSON),
        bad("XML", "<event id=\"e-1\"/>", MALFORMED, ErrorCode.NOT_JSON),
        bad("cut in the middle", EVENT.substring(0, 100), MALFORMED, ErrorCode.NOT_JSON),
        bad(
            "cut before the last byte",
            Arrays.copyOf(good, good.length - 1),
            MALFORMED,
            ErrorCode.NOT_JSON),
        bad("a brace too many", EVENT + "}", MALFORMED, ErrorCode.NOT_JSON),
        bad("two events in one record", EVENT + EVENT, MALFORMED, ErrorCode.NOT_JSON),
        bad("words after the event", EVENT + " x", MALFORMED, ErrorCode.NOT_JSON),
        bad("NUL after the event", EVENT + "\u0000", MALFORMED, ErrorCode.NOT_JSON),
        bad(
            "NUL within a string",
            replaced(EVENT, "e-1", "e\u0000"),
            MALFORMED,
            ErrorCode.NOT_JSON),
        bad(
            "a raw line end within a string",
            replaced(EVENT, "e-1", "e\n1"),
            MALFORMED,
            ErrorCode.NOT_JSON),
        bad("NaN", replaced(EVENT, "21.5", "NaN"), MALFORMED, ErrorCode.NOT_JSON),
        bad("Infinity", replaced(EVENT, "21.5", "-Infinity"), MALFORMED, ErrorCode.NOT_JSON),
        bad(
            "a number with a leading zero",
            replaced(EVENT, "21.5", "021.5"),
            MALFORMED,
            ErrorCode.NOT_JSON),
        bad("a hexadecimal number", replaced(EVENT, "21.5", "0x15"), MALFORMED, ErrorCode.NOT_JSON),
        bad("single quotes", EVENT.replace('"', '\''), MALFORMED, ErrorCode.NOT_JSON),
        bad(
            "a comma at the end",
            replaced(EVENT, "60000}", "60000,}"),
            MALFORMED,
            ErrorCode.NOT_JSON),
        bad("a comment", "/* x */" + EVENT, MALFORMED, ErrorCode.NOT_JSON),
        bad(
            "an escape that is none",
            replaced(EVENT, "e-1", "\\x41"),
            MALFORMED,
            ErrorCode.NOT_JSON),
        bad("an escape cut short", replaced(EVENT, "e-1", "\\u00"), MALFORMED, ErrorCode.NOT_JSON),
        bad(
            "half a surrogate pair in a key",
            replaced(EVENT, "temperature", "\\ud800"),
            MALFORMED,
            ErrorCode.NOT_JSON));
  }

  private static List<Bad> notUtf8() {
    return List.of(
        bad("a byte order mark", "\uFEFF" + EVENT, MALFORMED, ErrorCode.BYTE_ORDER_MARK),
        bad(
            "UTF-16, big endian",
            EVENT.getBytes(StandardCharsets.UTF_16BE),
            MALFORMED,
            ErrorCode.NOT_UTF8),
        bad(
            "UTF-16, little endian",
            EVENT.getBytes(StandardCharsets.UTF_16LE),
            MALFORMED,
            ErrorCode.NOT_UTF8),
        bad(
            "UTF-16 with its mark",
            EVENT.getBytes(StandardCharsets.UTF_16),
            MALFORMED,
            ErrorCode.NOT_UTF8),
        bad("UTF-32", EVENT.getBytes(Charset.forName("UTF-32BE")), MALFORMED, ErrorCode.NOT_UTF8),
        bad(
            "Latin-1",
            replaced(EVENT, "gw-1", "gÿ-1").getBytes(StandardCharsets.ISO_8859_1),
            MALFORMED,
            ErrorCode.NOT_UTF8),
        bad("an overlong slash", withBytes(0xC0, 0xAF), MALFORMED, ErrorCode.NOT_UTF8),
        bad("an overlong NUL", withBytes(0xC0, 0x80), MALFORMED, ErrorCode.NOT_UTF8),
        bad("an encoded surrogate", withBytes(0xED, 0xA0, 0x80), MALFORMED, ErrorCode.NOT_UTF8),
        bad(
            "a character beyond U+10FFFF",
            withBytes(0xF4, 0x90, 0x80, 0x80),
            MALFORMED,
            ErrorCode.NOT_UTF8),
        bad("a character cut short", withBytes(0xE2, 0x82), MALFORMED, ErrorCode.NOT_UTF8));
  }

  /** The good event with these bytes in the place of the id. */
  private static byte[] withBytes(int... bytes) {
    byte[] value =
        replaced(EVENT, "e-1", "#".repeat(bytes.length)).getBytes(StandardCharsets.ISO_8859_1);
    int at = EVENT.indexOf("e-1");
    for (int i = 0; i < bytes.length; i++) {
      value[at + i] = (byte) bytes[i];
    }
    return value;
  }

  private static List<Bad> notUnambiguous() {
    return List.of(
        bad(
            "the id twice",
            replaced(EVENT, "\"id\":\"e-1\"", "\"id\":\"e-1\",\"id\":\"e-2\""),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "the id twice, once escaped",
            replaced(EVENT, "\"id\":\"e-1\"", "\"id\":\"e-1\",\"\\u0069d\":\"e-2\""),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "a key of the payload twice",
            replaced(EVENT, "21.5", "21.5,\"temperature\":22"),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "a key of an unknown field twice",
            replaced(EVENT, "{\"id\"", "{\"x\":{\"a\":1,\"a\":1},\"id\""),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "the payload twice",
            replaced(EVENT, PAYLOAD, PAYLOAD + ",\"payload\":{}"),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "half a surrogate pair in the id",
            replaced(EVENT, "e-1", "\\ud83d"),
            MALFORMED,
            ErrorCode.LONE_SURROGATE),
        bad(
            "half a surrogate pair in the payload",
            replaced(EVENT, "21.5", "\"\\ude00\""),
            MALFORMED,
            ErrorCode.LONE_SURROGATE),
        bad(
            "a surrogate pair the wrong way round",
            replaced(EVENT, "s-1", "\\ude00\\ud83d"),
            MALFORMED,
            ErrorCode.LONE_SURROGATE),
        bad("1e9999", replaced(EVENT, "21.5", "1e9999"), MALFORMED, ErrorCode.NOT_FINITE),
        bad("-1e400", replaced(EVENT, "21.5", "-1e400"), MALFORMED, ErrorCode.NOT_FINITE),
        bad(
            "an integer of 400 digits",
            replaced(EVENT, "21.5", "9".repeat(400)),
            MALFORMED,
            ErrorCode.NOT_FINITE),
        bad(
            "all of it at once",
            "{\"id\":1,\"id\":2,\"x\":\"\\ud800\",\"y\":[1e999]}",
            MALFORMED,
            ErrorCode.DUPLICATE_KEY,
            ErrorCode.LONE_SURROGATE,
            ErrorCode.NOT_FINITE,
            ErrorCode.WRONG_TYPE,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD));
  }

  private static List<Bad> tooLarge() {
    return List.of(
        bad(
            "a byte over 256 KiB",
            EVENT + " ".repeat(256 * 1024 + 1 - EVENT.length()),
            TOO_LARGE,
            ErrorCode.TOO_LARGE),
        bad(
            "a string of 10 MB",
            replaced(EVENT, "21.5", '"' + "x".repeat(10_000_000) + '"'),
            TOO_LARGE,
            ErrorCode.TOO_LARGE),
        bad("a million levels", "[".repeat(1_000_000), TOO_LARGE, ErrorCode.TOO_LARGE),
        bad(
            "a hundred thousand levels, closed",
            "[".repeat(100_000) + "]".repeat(100_000),
            TOO_LARGE,
            ErrorCode.TOO_DEEP,
            ErrorCode.WRONG_TYPE),
        bad(
            "a hundred thousand levels, not closed",
            "[".repeat(100_000),
            MALFORMED,
            ErrorCode.TOO_DEEP,
            ErrorCode.NOT_JSON),
        bad(
            "33 levels",
            replaced(EVENT, "{\"id\"", "{\"x\":" + "[".repeat(32) + "]".repeat(32) + ",\"id\""),
            TOO_LARGE,
            ErrorCode.TOO_DEEP),
        bad(
            "a string over 64 KiB",
            replaced(EVENT, "{\"id\"", "{\"x\":\"" + "x".repeat(65_537) + "\",\"id\""),
            TOO_LARGE,
            ErrorCode.TOO_LONG),
        bad(
            "an id over 64 KiB",
            replaced(EVENT, "e-1", "x".repeat(65_537)),
            TOO_LARGE,
            ErrorCode.TOO_LONG),
        bad(
            "a key over 128 characters",
            replaced(EVENT, "{\"id\"", "{\"" + "x".repeat(129) + "\":1,\"id\""),
            TOO_LARGE,
            ErrorCode.TOO_LONG),
        bad(
            "a number of 2,000 digits",
            replaced(EVENT, "21.5", "1." + "0".repeat(2_000)),
            TOO_LARGE,
            ErrorCode.TOO_LONG));
  }

  private static List<Bad> contentTypes() {
    byte[] avro = IngressExamples.bytes(IngressExamples.avroEvent());
    Header json = Header.of("content-type", "application/json");
    return List.of(
        bad("an unknown content type", EVENT, MALFORMED, ErrorCode.UNKNOWN_CONTENT_TYPE)
            .with(Header.of("content-type", "text/html")),
        bad("an empty content type", EVENT, MALFORMED, ErrorCode.UNKNOWN_CONTENT_TYPE)
            .with(Header.of("content-type", "")),
        bad(
                "a content type in a character set that is not read",
                EVENT,
                MALFORMED,
                ErrorCode.UNKNOWN_CONTENT_TYPE)
            .with(Header.of("content-type", "application/json; charset=utf-16")),
        bad("a content type of escape sequences", EVENT, MALFORMED, ErrorCode.UNKNOWN_CONTENT_TYPE)
            .with(Header.of("content-type", "\u001b[2J\r\n")),
        bad("JSON that calls itself Avro", EVENT, MALFORMED, ErrorCode.CONTENT_TYPE_MISMATCH)
            .with(Header.of("content-type", "application/avro")),
        bad("Avro that calls itself JSON", avro, MALFORMED, ErrorCode.CONTENT_TYPE_MISMATCH)
            .with(json),
        bad(
                "the last of two content types counts",
                avro,
                MALFORMED,
                ErrorCode.CONTENT_TYPE_MISMATCH)
            .with(Header.of("content-type", "avro/binary"), json),
        bad("forged history and a thousand headers", "x", MALFORMED, ErrorCode.NOT_JSON)
            .with(
                Collections.nCopies(1_000, Header.of("dlq.attempt", "99")).toArray(Header[]::new)));
  }
}
