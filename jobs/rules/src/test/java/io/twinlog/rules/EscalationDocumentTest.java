// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Severity;
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
import io.twinlog.domain.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section escalation: what is read, and what is found before it can do harm. */
class EscalationDocumentTest {
  private static final String WHOLE =
      """
      version: 7
      escalation:
        targets: [operations, default, night-shift]
        levels:
          low: {repeats: {count: 5, within: 1m}}
          high:
            steps:
              - {target: default}
              - {target: night-shift, after: 10m, urgent: true}
            acknowledge_within: 20m
            remind_every: 1h
            quiet_after: 2h
            latch: true
            recovery: {attempts: 2, backoff: 5s, backoff_max: 1m, answer_within: 30s}
        triggers:
          - {name: north, on: device.offline, labels: {site: north}, severity: critical}
          - {name: all, on: device.offline, severity: medium, after: 10m}
        grouping: {by: [site], wait: 1m, urgent_wait: 1s, interval: 2m, repeat: 1h, fold_above: 5}
        inhibitions:
          - name: gateway
            source: [{label: code, value: gateway_down}]
            target: [{label: code, op: '!=', value: gateway_down}, {label: site, op: '=~', value: 'n.*'}]
            equal: [site]
      """;

  private static RuleDocument.Reading read(String text) {
    return RuleDocument.check(text, RuleSet.DEFAULT, Optional.empty());
  }

  private static List<String> found(String text) {
    return read(text).findings().stream()
        .map(finding -> finding.path() + " " + finding.code())
        .toList();
  }

  @Test
  void readsAllOfIt() {
    RuleDocument.Reading reading = read(WHOLE);
    assertThat(reading.findings()).isEmpty();
    EscalationRules rules = reading.rules().orElseThrow().escalation();

    assertThat(rules.policies().version()).isEqualTo(7);
    assertThat(rules.targets()).containsExactly("default", "night-shift", "operations");
    assertThat(rules.policies().of(Severity.HIGH))
        .isEqualTo(
            new Policy(
                true,
                List.of(new Step("default", 0, false), new Step("night-shift", 600_000, true)),
                Repeats.NEVER,
                1_200_000,
                3_600_000,
                7_200_000,
                true,
                new Recovery(2, 5_000, 60_000, 30_000)));
    assertThat(rules.policies().of(Severity.LOW).repeats()).isEqualTo(new Repeats(5, 60_000));
    assertThat(rules.policies().of(Severity.LOW).alerts()).isFalse();
    assertThat(rules.policies().of(Severity.CRITICAL))
        .isEqualTo(Policies.DEFAULT.of(Severity.CRITICAL));
    assertThat(rules.policies().triggers())
        .containsExactly(
            new Trigger(
                "device.offline", new TreeMap<>(Map.of("site", "north")), Severity.CRITICAL, 0),
            new Trigger("device.offline", new TreeMap<>(), Severity.MEDIUM, 600_000));
    assertThat(rules.grouping())
        .isEqualTo(new Grouping(List.of("site"), 60_000, 1_000, 120_000, 3_600_000, 5));
    assertThat(rules.inhibitions())
        .containsExactly(
            new Inhibition(
                "gateway",
                List.of(new Matcher("code", Op.EQUALS, "gateway_down")),
                List.of(
                    new Matcher("code", Op.DIFFERS, "gateway_down"),
                    new Matcher("site", Op.MATCHES, "n.*")),
                List.of("site")));
  }

  @Test
  void takesTheExample() throws IOException {
    Path example =
        Path.of(System.getProperty("twinlog.root"), "docs/examples/rules/escalation.yaml");

    assertThat(read(Files.readString(example)).findings()).isEmpty();
  }

  @Test
  void leavesWhatItDoesNotSayAsItIs() {
    EscalationRules rules =
        read("escalation: {grouping: {wait: 1m}}").rules().orElseThrow().escalation();

    assertThat(rules.policies().bySeverity()).isEqualTo(Policies.DEFAULT.bySeverity());
    assertThat(rules.grouping().delay()).isEqualTo(60_000);
    assertThat(rules.grouping().repeat()).isEqualTo(Grouping.DEFAULT.repeat());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "levels: {high: {steps: [{target: nobody}]}}                    | escalation.levels.high.steps[0].target unknown_target",
        "targets: [operations]                                          | escalation unknown_target",
        "levels: {critical: {steps: [{target: default}]}}               | escalation.levels.critical missing_target",
        "levels: {critical: {steps: []}}                                | escalation.levels.critical missing_target",
        "levels: {critical: {acknowledge_within: 1m}}                   | escalation.levels.critical.acknowledge_within unreachable",
        "levels: {critical: {repeats: {count: 2, within: 1m}}}          | escalation.levels.critical.repeats unreachable",
        "levels: {high: {steps: [{target: default, after: 30m}]}}       | escalation.levels.high.steps[0] unreachable",
        "levels: {low: {steps: [{target: default}]}}                    | escalation.levels.low.steps unreachable",
        "levels: {medium: {remind_every: 1h}}                           | escalation.levels.medium.remind_every unreachable",
        "levels: {high: {steps: [{target: default, after: 2m}, {target: default, after: 1m}]}} | escalation.levels.high.steps[1] contradiction",
        "levels: {high: {repeats: {count: 2}}}                          | escalation.levels.high.repeats missing_field",
        "levels: {urgent: {}}                                           | escalation.levels.urgent unknown_field",
        "triggers: [{name: a, on: device.offline, severity: low}]       | escalation.triggers[0] unreachable",
        "triggers: [{name: a, on: device.hot, severity: high}]          | escalation.triggers[0].on unknown_value",
        "triggers: [{name: a, on: device.offline, severity: high}, {name: b, on: device.offline, severity: high, labels: {site: x}}] | escalation.triggers[1] unreachable",
        "inhibitions: [{name: a, source: [{label: code, value: x}], target: [{label: site, value: y}]}] | escalation.inhibitions[0] cycle",
        "inhibitions: [{name: a, source: [{label: code, value: x}], target: []}] | escalation.inhibitions[0].target missing_field",
        "inhibitions: [{name: a, source: [{label: code, op: =~, value: '('}], target: [{label: code, value: y}]}] | escalation.inhibitions[0].source[0].value bad_format",
        "grouping: {fold_above: 0}                                      | escalation.grouping.fold_above out_of_range"
      })
  void findsWhatCannotBeMeant(String section, String finding) {
    assertThat(found("escalation: {" + section + "}")).containsExactly(finding);
  }

  /**
   * Alerts of a could mute those of b, which could mute those of c, which could mute those of a.
   */
  @Test
  void findsACycleOverSeveral() {
    String document =
        """
        escalation:
          inhibitions:
            - {name: one, source: [{label: code, value: a}], target: [{label: code, value: b}]}
            - {name: two, source: [{label: code, value: b}], target: [{label: code, value: c}]}
            - {name: three, source: [{label: code, value: c}], target: [{label: code, value: a}]}
        """;

    assertThat(found(document))
        .containsExactly(
            "escalation.inhibitions[0] cycle",
            "escalation.inhibitions[1] cycle",
            "escalation.inhibitions[2] cycle");
    assertThat(found(document.replace("value: a}]}\n", "value: d}]}\n"))).isEmpty();
  }

  @Test
  void tellsWhatDiffers() {
    RuleSet before = read(WHOLE).rules().orElseThrow();
    RuleSet after =
        read(WHOLE.replace("acknowledge_within: 20m", "acknowledge_within: 15m"))
            .rules()
            .orElseThrow();

    assertThat(RuleDiff.between(before, after))
        .containsExactly(
            new RuleDiff.Change(
                RuleDiff.Kind.CHANGED, "escalation.levels.high.acknowledge_within", "20m", "15m"));
    assertThat(RuleDiff.between(before, before)).isEmpty();
  }
}
