// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.RuleDiff.Change;
import io.twinlog.rules.RuleDiff.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleDiffTest {
  private static RuleSet rules(String document) {
    RuleDocument.Reading reading = RuleDocument.check(document, RuleSet.DEFAULT, Optional.empty());
    assertThat(reading.findings()).isEmpty();
    return reading.rules().orElseThrow();
  }

  private static List<Change> between(String before, String after) {
    return RuleDiff.between(rules(before), rules(after));
  }

  @Test
  void seesNoDifferenceInLayoutOrderOfKeysAndDefaults() {
    assertThat(
            between(
                "{version: 1, quality: {metrics: {b: {range: {max: 1, min: 0}}, a: {}}}}",
                """
                version: 2
                # the same
                routing: {max_future_skew: 300s}
                quality:
                  threshold: 0.50
                  metrics:
                    a: {}
                    b:
                      range: {min: 0.0, max: 1, hard: true}
                """))
        .isEmpty();
  }

  @Test
  void tellsWhatDiffersByItsPath() {
    assertThat(
            between(
                "{quality: {threshold: 0.5, metrics: {a: {range: {min: 0}}, 'b.c': {weight: 2}}}}",
                "{quality: {threshold: 0.7, metrics: {a: {range: {min: 0, penalty: 0.2}}, d: {}}}}"))
        .containsExactly(
            new Change(Kind.REMOVED, "quality.metrics.a.range.hard", "true", ""),
            new Change(Kind.ADDED, "quality.metrics.a.range.penalty", "", "0.2"),
            new Change(Kind.ADDED, "quality.metrics.d", "", "{}"),
            new Change(Kind.REMOVED, "quality.metrics['b.c'].weight", "2", ""),
            new Change(Kind.CHANGED, "quality.threshold", "0.5", "0.7"));
  }

  @Test
  void knowsRulesOfListsByTheirNames() {
    String one = "{name: one, checks: [late], severity: low}";
    String two = "{name: two, checks: [backfill], severity: high}";
    String three = "{name: three, when: score < 1, severity: high}";

    assertThat(between(document(one, two), document(three, one, two)))
        .extracting(Change::path)
        .containsExactly(
            "quality.anomalies.three.message",
            "quality.anomalies.three.severity",
            "quality.anomalies.three.when");
    assertThat(between(document(one, two), document(two, one)))
        .containsExactly(
            new Change(Kind.CHANGED, "quality.anomalies(order)", "one, two", "two, one"));
  }

  private static String document(String... anomalies) {
    return "quality: {anomalies: [" + String.join(", ", anomalies) + "]}";
  }

  @Test
  void seesEachField() throws IOException {
    RuleSet all = rules(Files.readString(Path.of("src/test/resources/all-fields.yaml")));

    List<Change> changes = RuleDiff.between(RuleSet.DEFAULT, all);

    assertThat(RuleDiff.between(all, all)).isEmpty();
    assertThat(changes).hasSizeGreaterThan(60);
    assertThat(RuleDiff.between(all, RuleSet.DEFAULT))
        .extracting(Change::path)
        .containsExactlyElementsOf(changes.stream().map(Change::path).toList());
  }

  @Test
  void comparesWhatTriggersSendByWhatItSays() {
    String trigger =
        "quality: {triggers: [{name: a, when: 'true', event: {event_type: a.b, payload: %s}}]}";

    assertThat(
            between(
                trigger.formatted("{x: 1, y: {b: 2, a: 3}}"),
                trigger.formatted("{y: {a: 3, b: 2}, x: 1}")))
        .isEmpty();
    assertThat(between(trigger.formatted("{x: 1}"), trigger.formatted("{x: 2}")))
        .containsExactly(
            new Change(Kind.CHANGED, "quality.triggers.a.event.payload", "{\"x\":1}", "{\"x\":2}"));
  }
}
