// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How errors become alerts, and who is told of them: the escalation section of the rules.
 *
 * @param targets names of those who can be told
 */
public record EscalationRules(
    Policies policies, Grouping grouping, List<Inhibition> inhibitions, SortedSet<String> targets) {
  /** As a new installation has it. */
  public static final EscalationRules DEFAULT =
      new EscalationRules(
          Policies.DEFAULT,
          Grouping.DEFAULT,
          List.of(),
          new TreeSet<>(Set.of(Policies.DEFAULT_TARGET, Policies.OPERATIONS)));

  public EscalationRules {
    inhibitions = List.copyOf(inhibitions);
    targets = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(targets));
  }

  /** The same, published under a version. */
  public EscalationRules version(long version) {
    Policies same = new Policies(version, policies.bySeverity(), policies.triggers());
    return new EscalationRules(same, grouping, inhibitions, targets);
  }
}
