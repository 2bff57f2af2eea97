// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What the devices of a fleet write: JSON envelopes as docs/reference/events.md has them. Telemetry
 * is 441 bytes each, the size that all figures are for; it is made up from device and sequence
 * alone.
 */
final class EventText {
  /** Of one {@code data.collected}, envelope and all. */
  static final int TELEMETRY_BYTES = 441;

  private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String PADDING = "calibrated at the factory and never moved since then ";
  private static final int GATEWAYS = 50;
  private static final int MODELS = 5;

  private EventText() {}

  /** Wall clock at a simulated moment. */
  static Instant wall(long atMillis) {
    return Instant.ofEpochMilli(BEGINNING + atMillis);
  }

  static String deviceId(int device) {
    return "d-%07d".formatted(device);
  }

  /** Telemetry of one slot, {@value #TELEMETRY_BYTES} bytes. */
  static byte[] telemetry(Fleet.Slot slot) {
    String id = deviceId(slot.device());
    long noise = mixed(slot);
    String head =
        "{\"id\":\""
            + id
            + '-'
            + slot.sequence()
            + "\",\"event_type\":\"data.collected\",\"source\":{\"service_id\":\"gateway-"
            + slot.device() % GATEWAYS
            + "\",\"component_id\":\""
            + id
            + "\",\"version\":\"1.4\"},\"timestamp\":\""
            + TIME.format(wall(slot.atMillis()))
            + "\",\"data\":{\"payload\":{\"device_id\":\""
            + id
            + "\",\"data\":{\"temperature\":"
            + decimal(noise, 15, 35)
            + ",\"humidity\":"
            + decimal(noise >>> 14, 30, 90)
            + ",\"battery\":"
            + decimal(noise >>> 28, 60, 100)
            + ",\"note\":\"";
    String tail =
        "\"}},\"schema_version\":\"1\",\"encoding\":\"JSON\"},\"metadata\":{\"session_id\":\""
            + id
            + "-1\",\"sequence\":"
            + slot.sequence()
            + ",\"priority\":\"NORMAL\"}}";
    int missing = TELEMETRY_BYTES - head.length() - tail.length();
    return (head + padding(missing) + tail).getBytes(StandardCharsets.US_ASCII);
  }

  private static String padding(int length) {
    return PADDING.repeat(length / PADDING.length() + 1).substring(0, length);
  }

  /** Two digits behind the point, between {@code from} and {@code to}. */
  private static String decimal(long noise, int from, int to) {
    long hundredths = from * 100L + (noise & 0x3fff) % ((to - from) * 100L);
    return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
  }

  /** Bits that look drawn by lot, the same each time (D. Lea and S. Vigna's SplitMix64). */
  private static long mixed(Fleet.Slot slot) {
    long bits = ((long) slot.device() << 32 | slot.round()) * 0x9e3779b97f4a7c15L;
    bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
    return bits ^ bits >>> 31;
  }

  /** The registration of a device, by its provisioning service. */
  static byte[] registration(Fleet.Slot slot) {
    String id = deviceId(slot.device());
    return ("{\"id\":\"r-%s\",\"event_type\":\"device.registered\",\"source\":{\"service_id\":\"provisioning\","
            + "\"component_id\":\"%s\",\"version\":\"1.0\"},\"timestamp\":\"%s\",\"data\":{\"payload\":{\"device_id\":\"%s\","
            + "\"model\":\"m-%d\",\"firmware\":\"2.1.0\",\"attributes\":{\"site\":\"s-%d\"}}}}")
        .formatted(
            id,
            id,
            TIME.format(wall(slot.atMillis())),
            id,
            slot.device() % MODELS,
            slot.device() % GATEWAYS)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
