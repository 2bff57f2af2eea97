// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.Grouping;
import io.twinlog.domain.escalation.Inhibition;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Matcher.Op;
import io.twinlog.domain.escalation.Policies;
import io.twinlog.domain.escalation.Policies.Trigger;
import io.twinlog.domain.escalation.Policy;
import io.twinlog.domain.escalation.Policy.Recovery;
import io.twinlog.domain.escalation.Policy.Repeats;
import io.twinlog.domain.escalation.Policy.Step;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.QualityRules;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * What a seed decides for alerts: policies that do within seconds what they else do within hours.
 * Times are in ms of the clock.
 *
 * @param pace of steps, repeats and reminders
 * @param mutingCheck how often it is looked again what mutes an alert
 */
record EscalationSetting(AlertRules rules, long pace, long mutingCheck, int foldAbove)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static final int DEDUPE_IDS = 5;
  private static final long SECOND = 1_000;

  static EscalationSetting of(Dice dice) {
    return new EscalationSetting(
        new AlertRules(
            dice.between(1, 8) * SECOND,
            60 * SECOND,
            dice.between(3, 20) * SECOND,
            dice.between(3, 40) * SECOND),
        dice.between(2, 6) * SECOND,
        dice.between(1, 10) * SECOND,
        dice.between(1, 4));
  }

  RuleBook book() {
    return RuleBook.of(
        new RuleSet(
            0, RoutingRules.DEFAULT, ValidationRules.DEFAULT, QualityRules.DEFAULT, escalation()));
  }

  EscalationRules escalation() {
    Step now = new Step(Policies.DEFAULT_TARGET, 0, false);
    Step later = new Step(Policies.OPERATIONS, pace, true);
    Map<Severity, Policy> levels =
        Map.of(
            Severity.LOW,
            new Policy(false, List.of(), new Repeats(3, 2 * pace), 0, 0, 0, false, Recovery.NONE),
            Severity.MEDIUM,
            new Policy(
                true, List.of(), new Repeats(4, 3 * pace), 0, 0, 4 * pace, false, Recovery.NONE),
            Severity.HIGH,
            new Policy(
                true,
                List.of(now, later),
                Repeats.NEVER,
                3 * pace,
                2 * pace,
                5 * pace,
                false,
                Recovery.NONE),
            Severity.CRITICAL,
            new Policy(
                true,
                List.of(new Step(Policies.OPERATIONS, 0, true)),
                Repeats.NEVER,
                0,
                2 * pace,
                0,
                true,
                new Recovery(2, pace, 2 * pace, pace)));
    Trigger offline =
        new Trigger("device.offline", new TreeMap<>(Map.of("model", "T20")), Severity.HIGH, pace);
    Inhibition site =
        new Inhibition(
            "site",
            List.of(new Matcher("severity", Op.EQUALS, Severity.CRITICAL.text())),
            List.of(new Matcher("severity", Op.DIFFERS, Severity.CRITICAL.text())),
            List.of("site"));
    Grouping grouping = new Grouping(List.of("site"), pace, 1_000, 2 * pace, 6 * pace, foldAbove);
    return new EscalationRules(
        new Policies(0, levels, List.of(offline)),
        grouping,
        List.of(site),
        EscalationRules.DEFAULT.targets());
  }

  /** The rest of it, as an operator would set it. */
  void addTo(Configuration c) {
    c.setString("escalation.projection.refresh", rules.refresh() + " ms");
    c.setString("escalation.projection.rewrite", rules.rewrite() + " ms");
    c.setString("escalation.dedupe.horizon", rules.memory() + " ms");
    c.setString("escalation.retention", rules.retention() + " ms");
    c.setString("escalation.muting.check", mutingCheck + " ms");
    c.setString("escalation.dedupe.ids", Integer.toString(DEDUPE_IDS));
  }
}
