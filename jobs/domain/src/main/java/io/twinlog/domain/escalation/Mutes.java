// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.escalation.Matcher.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All reasons for which nobody is told of alerts, with the times in which each held: what was so at
 * a clock can be asked as long as that clock has not passed. Changed by {@link #hear} alone, in the
 * order of clocks.
 *
 * <p>A reason that asks for a value of a label is looked up by it, so that a fleet whose alerts
 * mute others, each of its own device, costs each of them no more than one does.
 */
public final class Mutes {
  /**
   * So many silences may hold at a time, and so many reasons by other alerts; what is one too many
   * mutes nobody.
   */
  public static final int MAX = 10_000;

  /** By id, the oldest first. */
  private final TreeMap<String, List<Span>> spans = new TreeMap<>();

  /** The ids of {@link #spans} that ask for the same, in order: by that label and value. */
  private final Map<Asked, TreeMap<String, Integer>> byAsked = new HashMap<>();

  private final Holding silences = new Holding();
  private final Holding others = new Holding();
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

  /** What an alert must have to be muted; {@link #NOTHING} where a reason does not say so. */
  private record Asked(String label, String value) {
    static final Asked NOTHING = new Asked("", "");

    static Asked of(Mute mute) {
      Asked asked = NOTHING;
      for (Matcher matcher : mute.matchers()) {
        // An alert without the label has it empty, and is not found by it.
        if (matcher.op() == Op.EQUALS && !matcher.value().isEmpty()) {
          asked = new Asked(matcher.label(), matcher.value());
        }
      }
      return asked;
    }
  }

  /** How many hold, by the clock at which they hold no more. */
  private static final class Holding {
    private final TreeMap<Long, Integer> ends = new TreeMap<>();
    private int count;

    int at(long clock) {
      while (!ends.isEmpty() && ends.firstKey() <= clock) {
        count -= ends.pollFirstEntry().getValue();
      }
      return count;
    }

    void add(long until) {
      ends.merge(until, 1, Integer::sum);
      count++;
    }

    void remove(long until) {
      ends.computeIfPresent(until, (end, number) -> number == 1 ? null : number - 1);
      count--;
    }
  }

  private Holding holding(Mute mute) {
    return mute.by().startsWith(Mute.SILENCE) ? silences : others;
  }

  /** One begins at a clock, changes, or is over. */
  public void hear(Mute mute, long clock) {
    end(mute.id(), clock);
    if (mute.isOver() || mute.until() <= clock) {
      return;
    }
    Holding holding = holding(mute);
    if (holding.at(clock) < MAX) {
      holding.add(mute.until());
      add(new Span(mute, clock, mute.until()));
    } else {
      refused++;
    }
  }

  /** What holds under an id holds no more; of what did not hold for a moment nothing is kept. */
  private void end(String id, long clock) {
    List<Span> known = spans.getOrDefault(id, List.of());
    for (Span span : List.copyOf(known)) {
      if (span.until > clock) {
        Holding holding = holding(span.mute);
        holding.at(clock);
        holding.remove(span.until);
        remove(span);
        if (span.from < clock) {
          add(new Span(span.mute, span.from, clock));
        }
      }
    }
  }

  private void add(Span span) {
    String id = span.mute.id();
    spans.computeIfAbsent(id, i -> new ArrayList<>()).add(span);
    byAsked
        .computeIfAbsent(Asked.of(span.mute), asked -> new TreeMap<>())
        .merge(id, 1, Integer::sum);
  }

  private void remove(Span span) {
    String id = span.mute.id();
    spans.get(id).remove(span);
    spans.computeIfPresent(id, (i, known) -> known.isEmpty() ? null : known);
    byAsked.computeIfPresent(
        Asked.of(span.mute),
        (asked, ids) -> {
          ids.computeIfPresent(id, (i, number) -> number == 1 ? null : number - 1);
          return ids.isEmpty() ? null : ids;
        });
  }

  /** What mutes an alert with these labels at a clock, other than itself; the first by id. */
  public Optional<Mute> of(String alertId, Map<String, String> labels, long clock) {
    Optional<Mute> first = first(Asked.NOTHING, alertId, labels, clock);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      Optional<Mute> next =
          first(new Asked(label.getKey(), label.getValue()), alertId, labels, clock);
      boolean earlier =
          next.isPresent() && (first.isEmpty() || next.get().id().compareTo(first.get().id()) < 0);
      first = earlier ? next : first;
    }
    return first;
  }

  private Optional<Mute> first(
      Asked asked, String alertId, Map<String, String> labels, long clock) {
    String itself = Mute.ALERT + alertId;
    for (String id : byAsked.getOrDefault(asked, NONE).keySet()) {
      for (Span span : spans.get(id)) {
        if (span.holds(clock)
            && Asked.of(span.mute).equals(asked)
            && !span.mute.by().equals(itself)
            && Matcher.allFit(span.mute.matchers(), labels)) {
          return Optional.of(span.mute);
        }
      }
    }
    return Optional.empty();
  }

  private static final TreeMap<String, Integer> NONE = new TreeMap<>();

  /** Nobody will ask about what was before this clock. */
  public void forget(long clock) {
    List<Span> gone =
        spans.values().stream().flatMap(List::stream).filter(span -> span.until <= clock).toList();
    gone.forEach(this::remove);
  }

  /** All that is known, in one order. */
  public List<Span> spans() {
    return spans.values().stream().flatMap(List::stream).toList();
  }

  /** Takes in what {@link #spans} gave. */
  public void restore(Span span) {
    holding(span.mute).add(span.until);
    add(span);
  }

  /** How many were one too many, since it was made. */
  public long refused() {
    return refused;
  }
}
