// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.escalation.Matcher.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Some alerts explain others: while one of {@code source} is there, nobody is told of those of
 * {@code target} that have the same values in {@code equal} (Prometheus Alertmanager,
 * "inhibition").
 *
 * @param equal names of labels
 */
public record Inhibition(
    String name, List<Matcher> source, List<Matcher> target, List<String> equal) {
  public Inhibition {
    source = List.copyOf(source);
    target = List.copyOf(target);
    equal = List.copyOf(equal);
  }

  /** The labels by which an alert is matched: its own, and what every one has. */
  static Map<String, String> labels(AlertState state) {
    TreeMap<String, String> labels = new TreeMap<>(state.labels());
    labels.put("source", state.source());
    labels.put("code", state.code());
    labels.put("severity", state.level().text());
    return labels;
  }

  /** What an alert mutes while it is as it is. */
  private static List<Mute> mutes(List<Inhibition> inhibitions, AlertState state) {
    if (inhibitions.isEmpty() || !state.phase().isLive()) {
      return List.of();
    }
    Map<String, String> labels = labels(state);
    List<Mute> mutes = new ArrayList<>();
    for (Inhibition inhibition : inhibitions) {
      if (Matcher.allFit(inhibition.source, labels)) {
        mutes.add(inhibition.mute(state, labels));
      }
    }
    return mutes;
  }

  private Mute mute(AlertState state, Map<String, String> labels) {
    List<Matcher> matchers = new ArrayList<>(target);
    for (String label : equal) {
      matchers.add(new Matcher(label, Op.EQUALS, labels.getOrDefault(label, "")));
    }
    String by = Mute.ALERT + state.key() + '-' + state.opening();
    return new Mute(state.key() + '/' + name, by, matchers, io.twinlog.domain.Aggregate.NEVER);
  }

  /** What changes in what an alert mutes: those that begin or change, and the ends of others. */
  public static List<Mute> changes(
      List<Inhibition> rulesBefore,
      AlertState stateBefore,
      List<Inhibition> rules,
      AlertState state) {
    List<Mute> before = mutes(rulesBefore, stateBefore);
    List<Mute> after = mutes(rules, state);
    if (before.isEmpty() && after.isEmpty()) {
      return List.of();
    }
    List<Mute> changes = new ArrayList<>();
    for (Mute mute : before) {
      if (after.stream().noneMatch(other -> other.id().equals(mute.id()))) {
        changes.add(Mute.over(mute.id(), mute.by()));
      }
    }
    for (Mute mute : after) {
      if (!before.contains(mute)) {
        changes.add(mute);
      }
    }
    return changes;
  }
}
