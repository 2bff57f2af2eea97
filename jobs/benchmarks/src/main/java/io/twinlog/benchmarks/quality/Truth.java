// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.local.fleet.core.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Hears the truth about a fleet, and keeps what was wrong with its sensors. */
final class Truth implements Consumer<Fact> {
  private static final String ENDED = "_ended";

  private final List<Wrong> wrongs = new ArrayList<>();

  /** All of it, in the order in which it was over. */
  List<Wrong> wrongs() {
    return List.copyOf(wrongs);
  }

  @Override
  public void accept(Fact fact) {
    kind(fact.kind()).ifPresent(kind -> wrongs.add(wrong(kind, fact)));
  }

  private static Optional<Wrong.Kind> kind(String fact) {
    for (Wrong.Kind kind : Wrong.Kind.values()) {
      boolean isSpike = kind == Wrong.Kind.SPIKE;
      if (fact.equals(isSpike ? kind.text() : kind.text() + ENDED)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static Wrong wrong(Wrong.Kind kind, Fact fact) {
    Map<String, Object> more = fact.more();
    return new Wrong(
        kind,
        fact.device(),
        (String) more.get("metric"),
        (String) more.getOrDefault("id", ""),
        millis(more.get("begin")),
        millis(more.get("end")),
        ((Number) more.getOrDefault("readings", 1)).longValue(),
        (double) more.getOrDefault("reported", Double.NaN),
        more.containsKey("open"));
  }

  private static long millis(Object instant) {
    return ((Instant) instant).toEpochMilli();
  }
}
