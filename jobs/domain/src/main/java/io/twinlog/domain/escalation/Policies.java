// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.Policy.Recovery;
import io.twinlog.domain.escalation.Policy.Repeats;
import io.twinlog.domain.escalation.Policy.Step;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The policy of each level. Immutable under its version; an alert keeps to those that were in force
 * when it opened.
 *
 * @param version of the set of rules that has them; 0: none was published
 * @param triggers the first one that fits a state of a source holds
 */
public record Policies(long version, Map<Severity, Policy> bySeverity, List<Trigger> triggers) {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  /** The targets that every installation has. */
  public static final String OPERATIONS = "operations";

  public static final String DEFAULT_TARGET = "default";

  /**
   * Low: recorded. Medium: an alert. High: an alert, and somebody is told. Critical: the operations
   * team, urgently, and what can be tried by itself (seed, ErrorEventHandler).
   */
  public static final Policies DEFAULT =
      new Policies(
          0,
          Map.of(
              Severity.LOW,
              new Policy(
                  false, List.of(), new Repeats(20, 10 * MINUTE), 0, 0, 0, false, Recovery.NONE),
              Severity.MEDIUM,
              new Policy(
                  true, List.of(), new Repeats(50, 10 * MINUTE), 0, 0, HOUR, false, Recovery.NONE),
              Severity.HIGH,
              new Policy(
                  true,
                  List.of(new Step(DEFAULT_TARGET, 0, false)),
                  Repeats.NEVER,
                  30 * MINUTE,
                  4 * HOUR,
                  HOUR,
                  false,
                  Recovery.NONE),
              Severity.CRITICAL,
              new Policy(
                  true,
                  List.of(new Step(OPERATIONS, 0, true)),
                  Repeats.NEVER,
                  0,
                  HOUR,
                  0,
                  true,
                  new Recovery(5, 10 * SECOND, 5 * MINUTE, MINUTE))),
          List.of());

  public Policies {
    EnumMap<Severity, Policy> all = new EnumMap<>(Severity.class);
    all.putAll(bySeverity);
    if (all.size() < Severity.values().length) {
      throw new IllegalArgumentException("a level has no policy: " + all.keySet());
    }
    bySeverity = Collections.unmodifiableMap(all);
    triggers = List.copyOf(triggers);
  }

  /**
   * A state of a source in which somebody wants to be told.
   *
   * @param on code of the state, such as {@code device.offline}
   * @param labels that its source must have
   * @param severity of the error that it is
   * @param after so long in this state
   */
  public record Trigger(
      String on, SortedMap<String, String> labels, Severity severity, long after) {
    public Trigger {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    boolean fits(String code, Map<String, String> of) {
      return on.equals(code) && of.entrySet().containsAll(labels.entrySet());
    }
  }

  /** The trigger that holds for a state of a source with these labels. */
  Optional<Trigger> trigger(String code, Map<String, String> labels) {
    return triggers.stream().filter(trigger -> trigger.fits(code, labels)).findFirst();
  }

  /** The policy of a level. */
  public Policy of(Severity level) {
    return bySeverity.get(level);
  }
}
