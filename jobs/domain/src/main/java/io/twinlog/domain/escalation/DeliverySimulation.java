// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.escalation.EscalationSimulation.Attempted;
import io.twinlog.domain.escalation.EscalationSimulation.Line;
import io.twinlog.domain.escalation.EscalationSimulation.Notified;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of notifications whose targets are down for a while: as the notifier job does it,
 * one after the other for each target, the next only when the one before is delivered or given up.
 * An attempt takes no time.
 */
public final class DeliverySimulation {
  private final DeliveryRules rules;
  private final Map<String, List<Outage>> outages;

  /** A target takes nothing in {@code [from, until)}, on the clock. */
  public record Outage(long from, long until) {}

  /**
   * @param outages by target; of the others nothing is told
   */
  public DeliverySimulation(DeliveryRules rules, Map<String, List<Outage>> outages) {
    this.rules = rules;
    this.outages = outages;
  }

  /** Each attempt until this clock, itself not in it, in the order of its target. */
  public List<Line> play(List<Line> lines, long until) {
    List<Line> attempts = new ArrayList<>();
    for (Map.Entry<String, List<Outage>> target : outages.entrySet()) {
      long free = 0;
      for (Line line : lines) {
        if (line instanceof Notified notified
            && notified.telling().group().target().equals(target.getKey())) {
          free = deliver(notified, Math.max(free, line.clock()), until, attempts);
        }
      }
    }
    return attempts;
  }

  /** When the next one of the target has its turn. */
  private long deliver(Notified notified, long from, long until, List<Line> attempts) {
    long at = from;
    for (int attempt = 1; at < until && at - notified.clock() <= rules.giveUpAfter(); attempt++) {
      boolean taken = !isDown(notified.telling().group().target(), at);
      long again = taken ? 0 : rules.backoff(attempt);
      attempts.add(new Attempted(at, notified.telling(), attempt, again));
      if (taken) {
        return at;
      }
      at += again;
    }
    return at;
  }

  private boolean isDown(String target, long clock) {
    return outages.get(target).stream()
        .anyMatch(outage -> outage.from() <= clock && clock < outage.until());
  }
}
