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
  private final Random random;

  EventDice(long seed) {
    this.random = new Random(seed);
  }

  /** As a fleet sends them. */
  String ordinary() {
    int pair = 2 * random.nextInt(OddParts.TYPES_AND_PAYLOADS.size() / 2);
    int number = random.nextInt(1_000);
    String payload =
        OddParts.TYPES_AND_PAYLOADS.get(pair + 1).replace("%d", Integer.toString(number));
    StringBuilder event = new StringBuilder("{\"id\":\"e-").append(random.nextInt());
    event.append("\",\"event_type\":\"").append(OddParts.TYPES_AND_PAYLOADS.get(pair));
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
      case 0 -> parts.set(at, any(OddParts.TEXTS));
      case 1 -> parts.set(at, any(OddParts.OTHERS));
      case 2 -> parts.add(at, any(OddParts.SPACES));
      case 3 -> valueOf(parts, at, any(random.nextBoolean() ? OddParts.TEXTS : OddParts.OTHERS));
      case 4 ->
          beforeName(parts, at, "\"" + any(OddParts.NAMES) + "\":" + any(OddParts.OTHERS) + ",");
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
        parts.set(i, '"' + any(OddParts.NAMES) + '"');
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
