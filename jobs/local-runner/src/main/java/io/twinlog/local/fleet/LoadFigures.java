// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What came of a load. It computes nothing but rates.
 *
 * @param devices registered before
 * @param rate that was asked for
 * @param seconds that the fleet spoke
 * @param settledSeconds until the last acknowledgement
 * @param sent messages by kind, registrations left out
 * @param failure the first; empty: none
 * @param halfway of the time
 * @param caughtUpSeconds from the end of the load until both jobs had read and kept all of it;
 *     empty: they had not within the patience
 * @param lettersBefore dead letters that were there before
 * @param letters dead letters since then, by reason
 */
record LoadFigures(
    int devices,
    Rate rate,
    double seconds,
    double settledSeconds,
    Map<String, Long> sent,
    long offered,
    long acknowledged,
    long notDelivered,
    String failure,
    double heldUpSeconds,
    Latencies latencies,
    LoadLag begin,
    LoadLag halfway,
    LoadLag end,
    OptionalDouble caughtUpSeconds,
    long lettersBefore,
    Map<String, Long> letters) {

  LoadFigures {
    sent = new TreeMap<>(sent);
    letters = new TreeMap<>(letters);
  }

  private double offeredPerSecond() {
    return offered / seconds;
  }

  private double acknowledgedPerSecond() {
    return acknowledged / settledSeconds;
  }

  private long lettersSince() {
    return letters.values().stream().mapToLong(count -> count).sum();
  }

  /** One row a figure, for people. */
  List<String> table() {
    List<String> rows = new ArrayList<>();
    row(rows, "devices", "%,d".formatted(devices));
    row(rows, "asked for, a second", rate.text());
    row(rows, "time", "%.1f s".formatted(seconds));
    row(rows, "offered", "%,d, %,.0f a second".formatted(offered, offeredPerSecond()));
    row(
        rows,
        "acknowledged",
        "%,d, %,.0f a second".formatted(acknowledged, acknowledgedPerSecond()));
    row(
        rows,
        "not delivered",
        "%,d%s".formatted(notDelivered, failure.isEmpty() ? "" : ": " + failure));
    row(rows, "held up", "%.1f s".formatted(heldUpSeconds));
    row(rows, "latency p50, ms", "%.1f".formatted(latencies.millis(0.5)));
    row(rows, "latency p99, ms", "%.1f".formatted(latencies.millis(0.99)));
    row(rows, "latency max, ms", "%.1f".formatted(latencies.maxMillis()));
    sent.forEach((kind, count) -> row(rows, "sent, " + kind, "%,d".formatted(count)));
    lag(rows, "unread by the router", begin.router(), halfway.router(), end.router());
    lag(rows, "unread by the device job", begin.device(), halfway.device(), end.device());
    row(
        rows,
        "caught up after",
        caughtUpSeconds.isPresent()
            ? "%.1f s".formatted(caughtUpSeconds.getAsDouble())
            : "not yet");
    row(rows, "dead letters before", "%,d".formatted(lettersBefore));
    row(rows, "dead letters since", "%,d".formatted(lettersSince()));
    letters.forEach((reason, count) -> row(rows, "  " + reason, "%,d".formatted(count)));
    return rows;
  }

  private static void lag(
      List<String> rows, String name, OptionalLong begin, OptionalLong half, OptionalLong end) {
    row(
        rows,
        name,
        "%s at the beginning, %s halfway, %s at the end"
            .formatted(LoadLag.text(begin), LoadLag.text(half), LoadLag.text(end)));
  }

  private static void row(List<String> rows, String name, String value) {
    rows.add(String.format(Locale.ROOT, "%-30s%s", name, value));
  }

  /** The same for programs. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("devices", devices).put("rate", rate.text()).put("seconds", seconds);
    json.put("offered", offered).put("offered_per_second", offeredPerSecond());
    json.put("acknowledged", acknowledged).put("acknowledged_per_second", acknowledgedPerSecond());
    json.put("not_delivered", notDelivered).put("failure", failure);
    json.put("held_up_seconds", heldUpSeconds);
    json.putObject("latency_ms")
        .put("p50", latencies.millis(0.5))
        .put("p99", latencies.millis(0.99))
        .put("max", latencies.maxMillis());
    ObjectNode kinds = json.putObject("sent");
    sent.forEach(kinds::put);
    ObjectNode unread = json.putObject("unread");
    lag(unread.putObject("router"), begin.router(), halfway.router(), end.router());
    lag(unread.putObject("device"), begin.device(), halfway.device(), end.device());
    json.put(
        "caught_up_seconds", caughtUpSeconds.isPresent() ? caughtUpSeconds.getAsDouble() : null);
    ObjectNode dead = json.putObject("dead_letters");
    dead.put("before", lettersBefore).put("since", lettersSince());
    ObjectNode reasons = dead.putObject("reasons");
    letters.forEach(reasons::put);
    return json;
  }

  private static void lag(
      ObjectNode into, OptionalLong begin, OptionalLong half, OptionalLong end) {
    put(into, "begin", begin);
    put(into, "half", half);
    put(into, "end", end);
  }

  private static void put(ObjectNode into, String name, OptionalLong lag) {
    if (lag.isPresent()) {
      into.put(name, lag.getAsLong());
    } else {
      into.putNull(name);
    }
  }
}
