// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.bad;
import static io.twinlog.testkit.BadInput.utf8;
import static io.twinlog.testkit.IngressExamples.avroEvent;
import static io.twinlog.testkit.IngressExamples.bytes;
import static io.twinlog.wire.DeadLetterReason.INVALID_ENVELOPE;
import static io.twinlog.wire.DeadLetterReason.INVALID_PAYLOAD;
import static io.twinlog.wire.DeadLetterReason.MALFORMED;
import static io.twinlog.wire.DeadLetterReason.TOO_LARGE;
import static io.twinlog.wire.DeadLetterReason.UNKNOWN_EVENT_TYPE;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Events in Avro envelopes: framing, bodies, and the rules that they share with JSON. */
final class BadAvro {
  private static final int HEADER = 10;

  private BadAvro() {}

  static List<Bad> all() {
    List<Bad> all = new ArrayList<>();
    all.addAll(framing());
    all.addAll(rules());
    return all;
  }

  private static List<Bad> framing() {
    byte[] good = bytes(avroEvent());
    return List.of(
        bad("Avro: the marker alone", new byte[] {(byte) 0xC3, 1}, MALFORMED, ErrorCode.NOT_AVRO),
        bad("Avro: the header alone", Arrays.copyOf(good, HEADER), MALFORMED, ErrorCode.NOT_AVRO),
        bad("Avro: half the marker", new byte[] {(byte) 0xC3}, MALFORMED, ErrorCode.NOT_UTF8),
        bad(
            "Avro: an unknown fingerprint",
            changed(good, 4, 0x55),
            MALFORMED,
            ErrorCode.UNKNOWN_SCHEMA),
        bad(
            "Avro: a command on ingress",
            bytes(IngressExamples.avroCommand()),
            MALFORMED,
            ErrorCode.UNKNOWN_SCHEMA),
        bad("Avro: cut", Arrays.copyOf(good, good.length - 5), MALFORMED, ErrorCode.NOT_AVRO),
        bad(
            "Avro: a byte too many",
            Arrays.copyOf(good, good.length + 1),
            MALFORMED,
            ErrorCode.NOT_AVRO),
        bad("Avro: a negative length", changed(good, HEADER, 0x01), MALFORMED, ErrorCode.NOT_AVRO),
        bad("Avro: a length of gigabytes", hugeLength(good), MALFORMED, ErrorCode.NOT_AVRO),
        bad(
            "Avro: an id that is not UTF-8",
            changed(good, HEADER + 1, 0xFF),
            MALFORMED,
            ErrorCode.NOT_AVRO),
        bad(
            "Avro: over 256 KiB",
            Arrays.copyOf(good, 256 * 1024 + 1),
            TOO_LARGE,
            ErrorCode.TOO_LARGE));
  }

  private static List<Bad> rules() {
    return List.of(
        rule("Avro: an empty id", event -> event.setId(""), ErrorCode.TOO_SHORT),
        rule(
            "Avro: an id with a line end",
            event -> event.setId("a\nb"),
            ErrorCode.CONTROL_CHARACTER),
        rule(
            "Avro: an event type of one segment",
            event -> event.setEventType("data"),
            ErrorCode.BAD_FORMAT),
        rule(
            "Avro: a component id of 129 characters",
            event -> event.getSource().setComponentId("x".repeat(129)),
            ErrorCode.TOO_LONG),
        rule(
            "Avro: a timestamp of the far past",
            event -> event.setTimestamp(Instant.ofEpochMilli(Long.MIN_VALUE)),
            ErrorCode.OUT_OF_RANGE),
        rule(
            "Avro: a negative ttl",
            event -> event.getMetadata().setTtl(-1L),
            ErrorCode.OUT_OF_RANGE),
        rule(
            "Avro: a negative sequence",
            event -> event.getMetadata().setSequence(-1L),
            ErrorCode.OUT_OF_RANGE),
        bad(
            "Avro: an unknown type",
            with(event -> event.setEventType("device.exploded")),
            UNKNOWN_EVENT_TYPE,
            ErrorCode.UNKNOWN_EVENT_TYPE),
        payload("Avro: a payload that is not JSON", "{", ErrorCode.NOT_JSON),
        payload("Avro: a payload of no bytes", "", ErrorCode.EMPTY),
        payload(
            "Avro: a payload with a doubled key",
            "{\"data\":{\"t\":1,\"t\":2}}",
            ErrorCode.DUPLICATE_KEY),
        payload(
            "Avro: a payload that breaks its schema",
            "{\"data\":{\"t\":[]}}",
            ErrorCode.WRONG_TYPE),
        payload("Avro: a payload with 1e9999", "{\"data\":{\"t\":1e9999}}", ErrorCode.NOT_FINITE),
        bad(
            "Avro: a payload of 33 levels",
            withPayload("{\"x\":" + "[".repeat(32) + "]".repeat(32) + ",\"data\":{\"t\":1}}"),
            TOO_LARGE,
            ErrorCode.TOO_DEEP),
        bad(
            "Avro: garbled Avro within",
            with(event -> event.getData().setEncoding(Encoding.AVRO)),
            INVALID_PAYLOAD,
            ErrorCode.NOT_AVRO));
  }

  private static Bad rule(String name, Consumer<Event> change, ErrorCode... codes) {
    return bad(name, with(change), INVALID_ENVELOPE, codes);
  }

  private static Bad payload(String name, String payload, ErrorCode... codes) {
    return bad(name, withPayload(payload), INVALID_PAYLOAD, codes);
  }

  private static byte[] withPayload(String payload) {
    return with(event -> event.getData().setPayload(ByteBuffer.wrap(utf8(payload))));
  }

  private static byte[] with(Consumer<Event> change) {
    Event event = avroEvent();
    change.accept(event);
    return bytes(event);
  }

  private static byte[] changed(byte[] value, int at, int by) {
    byte[] changed = value.clone();
    changed[at] = (byte) by;
    return changed;
  }

  /** The id is the first field; its length is one byte, in the place of which these five come. */
  private static byte[] hugeLength(byte[] value) {
    byte[] huge = new byte[value.length + 4];
    System.arraycopy(value, 0, huge, 0, HEADER);
    System.arraycopy(value, HEADER + 1, huge, HEADER + 5, value.length - HEADER - 1);
    byte[] twoGigabytes = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    System.arraycopy(twoGigabytes, 0, huge, HEADER, twoGigabytes.length);
    return huge;
  }
}
