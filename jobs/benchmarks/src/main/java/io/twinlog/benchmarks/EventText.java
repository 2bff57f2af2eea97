// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * What the devices of a fleet write: JSON envelopes as docs/reference/events.md has them. Telemetry
 * is 441 bytes each, the size that all figures are for; it is made up from device and sequence
 * alone.
 */
final class EventText {
  /** Of one {@code data.collected}, envelope and all. */
  static final int TELEMETRY_BYTES = 441;

  private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int GATEWAYS = 50;
  private static final int MODELS = 5;

  private EventText() {}

  /** The same for a generator. */
  static final class OfDevices implements GeneratorProcess.Text {
    @Override
    public String id(Fleet.Slot slot) {
      return deviceId(slot.device());
    }

    @Override
    public byte[] registration(Fleet.Slot slot) {
      return EventText.registration(slot);
    }

    @Override
    public byte[] event(Fleet.Slot slot) {
      return telemetry(slot);
    }
  }

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
    long event = mixed((long) slot.device() << 32 | slot.sequence());
    long session = mixed(~slot.device());
    long noise = mixed(event);
    String head =
        "{\"id\":\""
            + new UUID(event, noise)
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
            + decimal(noise >>> 16, 30, 90)
            + ",\"voltage\":"
            + decimal(noise >>> 32, 210, 250)
            + ",\"state\":\"";
    String tail =
        "\"}},\"schema_version\":\"1\",\"encoding\":\"JSON\"},\"metadata\":{\"session_id\":\"s-"
            + Long.toHexString(session)
            + "\",\"sequence\":"
            + slot.sequence()
            + ",\"priority\":\"NORMAL\"}}";
    int missing = TELEMETRY_BYTES - head.length() - tail.length();
    return (head + state(event, missing) + tail).getBytes(StandardCharsets.US_ASCII);
  }

  /** What a device makes known of its insides, in digits that tell nobody else anything. */
  private static String state(long event, int length) {
    StringBuilder digits = new StringBuilder(length + Long.BYTES * 2);
    for (long bits = event; digits.length() < length; ) {
      bits = mixed(bits);
      digits.append(Long.toHexString(bits));
    }
    return digits.substring(0, length);
  }

  /** Two digits behind the point, between {@code from} and {@code to}. */
  private static String decimal(long noise, int from, int to) {
    long hundredths = from * 100L + (noise & 0xffff) % ((to - from) * 100L);
    return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
  }

  /**
   * Bits that look drawn by lot, the same each time (SplitMix64 by D. Lea, G. Steele, S. Vigna).
   */
  static long mixed(long seed) {
    long bits = seed * 0x9e3779b97f4a7c15L + 0x9e3779b97f4a7c15L;
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
