// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.rules;

import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.telemetry.QualityRules;
import java.util.SortedMap;

/**
 * All that decides, and can change while the jobs run. Immutable under its version; a tick puts a
 * version in force.
 *
 * @param version 0: nobody has published any yet, and the jobs' own settings hold
 */
public record RuleSet(
    long version,
    RoutingRules routing,
    ValidationRules validation,
    QualityRules quality,
    EscalationRules escalation) {
  public RuleSet {
    escalation = escalation.version(version);
  }

  /** The same, with the escalation of a new installation. */
  public RuleSet(
      long version, RoutingRules routing, ValidationRules validation, QualityRules quality) {
    this(version, routing, validation, quality, EscalationRules.DEFAULT);
  }

  /** More often nobody publishes; what claims more is no version. */
  public static final long VERSION_MAX = 1_000_000_000;

  /** What holds where nothing is published and nothing is set. */
  public static final RuleSet DEFAULT =
      new RuleSet(0, RoutingRules.DEFAULT, ValidationRules.DEFAULT, QualityRules.DEFAULT);

  /** Whether a tick can carry this version. */
  public static boolean isVersion(long version) {
    return version >= 0 && version <= VERSION_MAX;
  }

  /** These rules laid over the categories that jars declare ({@link RoutingRules#over}). */
  public RuleSet over(SortedMap<String, Category> declared) {
    return new RuleSet(version, routing.over(declared), validation, quality, escalation);
  }
}
