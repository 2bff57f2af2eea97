// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All reasons for which nobody is told of alerts, with the times in which each held: what was so at
 * a clock can be asked as long as that clock has not passed. Changed by {@link #hear} alone, in the
 * order of clocks.
 */
public final class Mutes {
  /** As many may hold at a time; what is one too many mutes nobody. */
  public static final int MAX = 10_000;

  /** By id, the oldest first. */
  private final TreeMap<String, List<Span>> spans = new TreeMap<>();

  private long refused;

  /**
   * A reason while it held.
   *
   * @param from clock
   * @param until clock at which it held no more
   */
  public record Span(Mute mute, long from, long until) {
    boolean holds(long clock) {
      return from <= clock && clock < until;
    }
  }

  /** One begins at a clock, changes, or is over. */
  public void hear(Mute mute, long clock) {
    List<Span> known = spans.computeIfAbsent(mute.id(), id -> new ArrayList<>());
    known.replaceAll(span -> span.until > clock ? new Span(span.mute, span.from, clock) : span);
    known.removeIf(span -> span.until <= span.from);
    if (!mute.isOver() && mute.until() > clock) {
      if (holding(clock) < MAX) {
        known.add(new Span(mute, clock, mute.until()));
      } else {
        refused++;
      }
    }
    if (known.isEmpty()) {
      spans.remove(mute.id());
    }
  }

  private long holding(long clock) {
    return spans.values().stream().flatMap(List::stream).filter(span -> span.holds(clock)).count();
  }

  /** What mutes an alert with these labels at a clock, other than itself; the first by id. */
  public Optional<Mute> of(String alertId, Map<String, String> labels, long clock) {
    String itself = Mute.ALERT + alertId;
    for (List<Span> known : spans.values()) {
      for (Span span : known) {
        if (span.holds(clock)
            && !span.mute.by().equals(itself)
            && Matcher.allFit(span.mute.matchers(), labels)) {
          return Optional.of(span.mute);
        }
      }
    }
    return Optional.empty();
  }

  /** Nobody will ask about what was before this clock. */
  public void forget(long clock) {
    spans.values().forEach(known -> known.removeIf(span -> span.until <= clock));
    spans.values().removeIf(List::isEmpty);
  }

  /** All that is known, in one order. */
  public List<Span> spans() {
    return spans.values().stream().flatMap(List::stream).toList();
  }

  /** Takes in what {@link #spans} gave. */
  public void restore(Span span) {
    spans.computeIfAbsent(span.mute.id(), id -> new ArrayList<>()).add(span);
  }

  /** How many were one too many. */
  public long refused() {
    return refused;
  }
}
