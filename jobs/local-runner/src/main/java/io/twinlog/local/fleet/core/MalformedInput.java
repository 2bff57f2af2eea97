// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.local.fleet.core.Envelopes.Head;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Writes input that no decoder may accept, one kind at a time. What would be good in it is like
 * that of a good message, so that only the one thing is wrong.
 */
final class MalformedInput {
  private static final int LARGE = 70_000;
  private static final int DEEP = 40;

  /** Marker and fingerprint, before the body of an Avro envelope. */
  private static final int AVRO_HEADER = 10;

  private static final List<Malformed> WITHOUT_ID =
      List.of(
          Malformed.NOT_JSON,
          Malformed.NOTHING,
          Malformed.NOT_UTF8,
          Malformed.CUT_AVRO,
          Malformed.GARBLED_AVRO,
          Malformed.UNKNOWN_FINGERPRINT,
          Malformed.MISSING_ID,
          Malformed.CONTROL_CHARACTER);

  private final Envelopes envelopes;
  private final Ascii payload = new Ascii();

  MalformedInput(Envelopes envelopes) {
    this.envelopes = envelopes;
  }

  /** The id by which it can be found again; empty where its bytes have none. */
  static String idIn(Malformed kind, String id) {
    return WITHOUT_ID.contains(kind) ? "" : id;
  }

  byte[] write(Malformed kind, String id, String device, long at, Dice dice) {
    return switch (kind) {
      case CUT_JSON -> cut(utf8(json(id, device, at)), 60, dice);
      case NOT_JSON -> utf8("temperature=21.5;device=" + device + ";time=" + at);
      case NOTHING -> new byte[0];
      case NOT_UTF8 -> notUtf8(device, at);
      case DOUBLED_KEY -> utf8("{\"event_type\":\"data.collected\"," + tail(id, device, at));
      case MORE_AFTER_THE_END -> utf8(json(id, device, at) + "}");
      case CUT_AVRO -> cut(avro(id, device, at), AVRO_HEADER, dice);
      case GARBLED_AVRO -> changed(avro(id, device, at), AVRO_HEADER, 0x01);
      case UNKNOWN_FINGERPRINT -> changed(avro(id, device, at), 4, 0x55);
      case MISSING_ID -> utf8(json(id, device, at).replace("\"id\":\"" + id + "\",", ""));
      case MISSING_TIMESTAMP -> utf8(json(id, device, at).replace("\"timestamp\"", "\"time\""));
      case WRONG_TYPE -> utf8(timed(id, device, "{\"ms\":" + at + "}"));
      case CONTROL_CHARACTER -> utf8(json(id + "\\u0007", device, at));
      case NO_TIMESTAMP -> utf8(timed(id, device, "\"yesterday, about noon\""));
      case TIMESTAMP_OUT_OF_RANGE -> utf8(timed(id, device, "9007199254740991"));
      case UNKNOWN_TYPE -> utf8(json(id, device, at).replace("data.collected", "device.exploded"));
      case UNKNOWN_VERSION ->
          utf8(
              json(id, device, at)
                  .replace("\"data\":{\"p", "\"data\":{\"schema_version\":\"9\",\"p"));
      case MISSING_PAYLOAD_FIELD ->
          utf8(json(id, device, at).replace("\"data\":{\"t", "\"x\":{\"t"));
      case METRIC_OF_WRONG_TYPE -> utf8(json(id, device, at).replace("21.5", "[21.5]"));
      case TOO_DEEP ->
          utf8(json(id, device, at).replace("21.5", "[".repeat(DEEP) + "]".repeat(DEEP)));
      case TOO_LARGE -> utf8(json(id, device, at).replace("21.5", "\"" + "x".repeat(LARGE) + "\""));
    };
  }

  private static String json(String id, String device, long at) {
    return "{" + tail(id, device, at);
  }

  private static String tail(String id, String device, long at) {
    return envelope(id, device, "\"" + Instant.ofEpochMilli(at) + "\"");
  }

  private static String timed(String id, String device, String timestamp) {
    return "{" + envelope(id, device, timestamp);
  }

  /** A good one, but for the brace that it begins with. */
  private static String envelope(String id, String device, String timestamp) {
    return "\"id\":\""
        + id
        + "\",\"event_type\":\"data.collected\",\"source\":{\"service_id\":\"sim-gateway\","
        + "\"component_id\":\""
        + device
        + "\"},\"timestamp\":"
        + timestamp
        + ",\"data\":{\"payload\":{\"device_id\":\""
        + device
        + "\",\"data\":{\"temperature\":21.5}}}}";
  }

  private byte[] avro(String id, String device, long at) {
    payload.clear().text("{\"device_id\":\"").text(device).text("\",\"data\":{\"speed\":1480}}");
    return envelopes.write(
        Head.ofDevice(id, "data.collected", device, at, "", 0), payload, DeviceModel.Form.AVRO);
  }

  private static byte[] notUtf8(String device, long at) {
    byte[] bytes = utf8(json("?", device, at));
    bytes["{\"id\":\"".length()] = (byte) 0xFF;
    return bytes;
  }

  /** Keeps at least {@code least} bytes, and loses at least one. */
  private static byte[] cut(byte[] whole, int least, Dice dice) {
    return Arrays.copyOf(whole, (int) dice.between(least, whole.length - 1));
  }

  private static byte[] changed(byte[] bytes, int at, int by) {
    bytes[at] = (byte) by;
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
