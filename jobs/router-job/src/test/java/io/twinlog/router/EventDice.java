// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Throws JSON events from a seed: ordinary ones, as a fleet sends them, and ones with something odd
 * about them, which may be right or wrong. It does not know which.
 */
final class EventDice {
  private static final List<String> TEXTS =
      List.of(
          "\"x\"",
          "\"\"",
          "\"é€😀\"",
          "\"温度\"",
          "\"a\\nb\"",
          "\"\\u0061\"",
          "\"\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"a\tb\"",
          "\"\u007f\"",
          "\"\u0085\"",
          "\"\u00a0\"",
          "\"JSON\"",
          "\"TEXT\"",
          "\"HIGH\"",
          "\"high\"",
          "\"2\"",
          "\"device.online\"",
          "\"acme.thing\"",
          "\"device.unheard_of\"",
          "\"Device.Online\"",
          "\"device\"",
          "\"online\"",
          "\"critical\"",
          "\"" + "x".repeat(64) + "\"",
          "\"" + "x".repeat(65) + "\"",
          "\"" + "é".repeat(64) + "\"",
          "\"" + "x".repeat(128) + "\"",
          "\"" + "x".repeat(129) + "\"",
          "\"" + "x".repeat(256) + "\"",
          "\"" + "x".repeat(257) + "\"",
          "\"" + "x".repeat(1_024) + "\"",
          "\"" + "x".repeat(1_025) + "\"",
          "\"" + "x".repeat(4_097) + "\"",
          "\"2026-02-29T00:00:00Z\"",
          "\"2024-02-29T23:59:59.9999999Z\"",
          "\"1969-12-31T23:59:59Z\"",
          "\"1970-01-01T00:00:00+14:00\"",
          "\"1970-01-01T00:00:00-23:59\"",
          "\"2026-01-01t00:00:00z\"",
          "\"2026-01-01T24:00:00Z\"",
          "\"2026-12-31T23:59:60Z\"",
          "\"2026-01-01T00:00:00\"",
          "\"2026-01-01 00:00:00Z\"",
          "\"2026-01-01T00:00:00.Z\"",
          "\"2026-01-01T00:00:00.1+0100\"",
          "\"9999-12-31T23:59:59.999Z\"",
          "\"9999-12-31T23:59:59.999-00:01\"");
  private static final List<String> OTHERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "7",
          "-7",
          "07",
          "1.",
          ".5",
          "+1",
          "1e5",
          "1E-5",
          "1e400",
          "-1e9999",
          "1e-9999",
          "60.0",
          "21.299999999999997",
          "9007199254740991",
          "9007199254740992",
          "999999999999999999",
          "9223372036854775807",
          "9223372036854775808",
          "253402300799999",
          "253402300800000",
          "31622400000",
          "31622400001",
          "9".repeat(41),
          "9".repeat(400),
          "NaN",
          "Infinity",
          "true",
          "false",
          "null",
          "nul",
          "truex",
          "{}",
          "[]",
          "[1,\"a\",{\"b\":[]}]",
          "[1,]",
          "{\"a\":1,}",
          "{\"a\":1,\"a\":2}",
          "{\"device_id\":\"d-9\",\"service_id\":\"s-9\"}",
          "[".repeat(29) + "]".repeat(29),
          "[".repeat(30) + "]".repeat(30),
          "[".repeat(31) + "]".repeat(31),
          "[".repeat(32) + "]".repeat(32));
  private static final List<String> NAMES =
      List.of(
          "x",
          "é",
          "",
          "id",
          "data",
          "payload",
          "metadata",
          "device_id",
          "service_id",
          "d\\u0065vice_id",
          "ttl",
          "a\u0001b",
          "\u0090",
          "n".repeat(128),
          "n".repeat(129));
  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r ", "\u00a0");
  private static final List<String> TYPES_AND_PAYLOADS =
      List.of(
          "data.collected",
          "{\"device_id\":\"d-%d\",\"data\":{\"temperature\":21.5,\"on\":true,\"mode\":\"eco\"}}",
          "data.collected",
          "{\"device_id\":\"d-%d\",\"data\":{\"t\":-3.25e-2,\"n\":12,\"温度\":21.299999999999997}}",
          "device.heartbeat",
          "{\"device_id\":\"d-%d\"}",
          "device.online",
          "{}",
          "device.offline",
          "{\"device_id\":\"d-%d\",\"reason\":\"maintenance\"}",
          "device.status_changed",
          "{\"status\":\"online\"}",
          "device.registered",
          "{\"model\":\"m-1\",\"firmware\":\"1.2\",\"attributes\":{\"site\":\"north\",\"floor\":%d},\"timeout_ms\":60000}",
          "device.error",
          "{\"error\":{\"code\":\"E7\",\"severity\":\"high\",\"message\":\"too hot\"}}",
          "device.recovered",
          "{\"device_id\":\"d-%d\",\"code\":\"E7\"}",
          "device.configuration_reported",
          "{\"configuration\":{\"interval\":%d,\"name\":\"a\",\"on\":false}}",
          "device.decommissioned",
          "{\"device_id\":\"d-%d\"}",
          "data.processed",
          "{\"data_id\":\"d-%d/e-1\",\"result\":{\"ok\":true,\"steps\":[1,2,null]}}",
          "service.started",
          "{\"service_id\":\"s-%d\",\"service_info\":{\"name\":\"api\",\"endpoint\":\"http://a:1/\",\"interval_ms\":5000}}",
          "service.stopped",
          "{\"service_id\":\"s-%d\"}",
          "health.check",
          "{\"service_id\":\"s-%d\",\"status\":\"degraded\"}",
          "system.error",
          "{\"error\":{\"message\":\"m %d\"},\"labels\":{\"zone\":\"b\"}}",
          "recovery.failed",
          "{\"recovery_id\":\"r-%d\"}",
          "user.signed_in",
          "{\"how\":[\"password\",%d]}",
          "factory.cycle",
          "[1,{\"a\":null,\"device_id\":\"d-%d\"}]");

  private final Random random;

  EventDice(long seed) {
    this.random = new Random(seed);
  }

  /** As a fleet sends them. */
  String ordinary() {
    int pair = 2 * random.nextInt(TYPES_AND_PAYLOADS.size() / 2);
    int number = random.nextInt(1_000);
    String payload = TYPES_AND_PAYLOADS.get(pair + 1).replace("%d", Integer.toString(number));
    StringBuilder event = new StringBuilder("{\"id\":\"e-").append(random.nextInt());
    event.append("\",\"event_type\":\"").append(TYPES_AND_PAYLOADS.get(pair));
    event.append("\",\"source\":{\"service_id\":\"gw-1\",\"component_id\":\"d-").append(number);
    event.append(random.nextBoolean() ? "\",\"version\":\"1.0\"}" : "\"}");
    event.append(",\"timestamp\":").append(timestamp());
    event.append(",\"data\":{\"payload\":").append(payload);
    event.append(random.nextBoolean() ? ",\"schema_version\":\"1\",\"encoding\":\"JSON\"}" : "}");
    return event.append(metadata()).append('}').toString();
  }

  private String timestamp() {
    return switch (random.nextInt(4)) {
      case 0 -> "1767225600000";
      case 1 -> "\"2026-01-01T01:00:00+01:00\"";
      case 2 -> "\"2026-11-30T23:59:59.123456789Z\"";
      default -> "\"2026-01-01T00:00:00.000Z\"";
    };
  }

  private String metadata() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> ",\"metadata\":{}";
      case 2 ->
          ",\"metadata\":{\"correlation_id\":\"c\",\"causation_id\":\"p\",\"user_id\":\"ann\",\"traceparent\":\"00-a-b-01\"}";
      default ->
          ",\"metadata\":{\"session_id\":\"s\",\"sequence\":7,\"priority\":\"HIGH\",\"ttl\":60000}";
    };
  }

  /** With one to three odd things about it. */
  byte[] odd() {
    List<String> parts = new ArrayList<>(parts(ordinary()));
    int things = 1 + random.nextInt(3);
    for (int i = 0; i < things; i++) {
      oddity(parts);
    }
    byte[] bytes = String.join("", parts).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(3) == 0 ? garbled(bytes) : bytes;
  }

  /** Tokens: what stands in quotes, what stands between punctuation, and that by itself. */
  private static List<String> parts(String json) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < json.length()) {
      int to = from + 1;
      if (json.charAt(from) == '"') {
        to = json.indexOf('"', to) + 1;
      } else if ("{}[]:,".indexOf(json.charAt(from)) < 0) {
        while ("{}[]:,".indexOf(json.charAt(to)) < 0) {
          to++;
        }
      }
      parts.add(json.substring(from, to));
      from = to;
    }
    return parts;
  }

  private void oddity(List<String> parts) {
    int at = random.nextInt(parts.size());
    switch (random.nextInt(8)) {
      case 0 -> parts.set(at, any(TEXTS));
      case 1 -> parts.set(at, any(OTHERS));
      case 2 -> parts.add(at, any(SPACES));
      case 3 -> valueOf(parts, at, any(random.nextBoolean() ? TEXTS : OTHERS));
      case 4 -> beforeName(parts, at, "\"" + any(NAMES) + "\":" + any(OTHERS) + ",");
      case 5 -> doubled(parts, at);
      case 6 -> rename(parts, at);
      default -> reordered(parts);
    }
  }

  /** The value of the next member that has a scalar. */
  private static void valueOf(List<String> parts, int from, String value) {
    for (int i = from; i + 1 < parts.size(); i++) {
      if (parts.get(i).equals(":") && !"{[".contains(parts.get(i + 1))) {
        parts.set(i + 1, value);
        return;
      }
    }
  }

  private static void beforeName(List<String> parts, int from, String member) {
    for (int i = from; i + 1 < parts.size(); i++) {
      if (parts.get(i + 1).equals(":")) {
        parts.add(i, member);
        return;
      }
    }
  }

  private static void doubled(List<String> parts, int from) {
    for (int i = from; i + 3 < parts.size(); i++) {
      if (parts.get(i + 1).equals(":") && parts.get(i + 3).equals(",")) {
        parts.addAll(i, List.copyOf(parts.subList(i, i + 4)));
        return;
      }
    }
  }

  private void rename(List<String> parts, int from) {
    for (int i = from; i + 1 < parts.size(); i++) {
      if (parts.get(i + 1).equals(":")) {
        parts.set(i, '"' + any(NAMES) + '"');
        return;
      }
    }
  }

  /** The members of the envelope in another order. */
  private void reordered(List<String> parts) {
    if (parts.size() < 3) {
      return;
    }
    List<String> members = new ArrayList<>();
    StringBuilder member = new StringBuilder();
    int depth = 0;
    for (String part : parts.subList(1, parts.size() - 1)) {
      depth += part.equals("{") || part.equals("[") ? 1 : 0;
      depth -= part.equals("}") || part.equals("]") ? 1 : 0;
      if (depth == 0 && part.equals(",")) {
        members.add(member.toString());
        member.setLength(0);
      } else {
        member.append(part);
      }
    }
    members.add(member.toString());
    Collections.shuffle(members, random);
    parts.clear();
    parts.addAll(List.of("{", String.join(",", members), "}"));
  }

  /** Some bytes changed, put in, taken out, or the end cut off. */
  byte[] garbled(byte[] good) {
    if (good.length < 2) {
      return good;
    }
    int at = random.nextInt(good.length - 1);
    byte[] head = Arrays.copyOf(good, at);
    return switch (random.nextInt(5)) {
      case 0 -> head;
      case 1 -> joined(head, new byte[] {(byte) random.nextInt()}, good, at);
      case 2 -> joined(head, new byte[0], good, at + 1);
      case 3 -> joined(head, Arrays.copyOfRange(good, at, at + 1), good, at);
      default -> {
        byte[] flipped = good.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
    };
  }

  private static byte[] joined(byte[] head, byte[] between, byte[] tail, int from) {
    byte[] all = Arrays.copyOf(head, head.length + between.length + tail.length - from);
    System.arraycopy(between, 0, all, head.length, between.length);
    System.arraycopy(tail, from, all, head.length + between.length, tail.length - from);
    return all;
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
