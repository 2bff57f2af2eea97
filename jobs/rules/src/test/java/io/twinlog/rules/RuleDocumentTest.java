// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.domain.Severity;
import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Keeping;
import io.twinlog.domain.telemetry.QualityRules.Statistics;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleDocumentTest {
  private static RuleSet read(String document) {
    RuleDocument.Reading reading = RuleDocument.read(document, 4, RuleSet.DEFAULT);
    assertThat(reading.findings()).isEmpty();
    return reading.rules().orElseThrow();
  }

  private static RuleSet allFields() throws IOException {
    return read(Files.readString(Path.of("src/test/resources/all-fields.yaml")));
  }

  private static Check check(MetricRules rules, String name) {
    return rules.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsRouting() throws IOException {
    RoutingRules routing = allFields().routing();

    assertThat(routing.maxFutureSkew()).isEqualTo(600_000);
    assertThat(routing.category("factory.setpoint")).isEqualTo(Category.DOMAIN);
    assertThat(routing.category("order.placed")).isEqualTo(Category.USER);
    assertThat(routing.category("device.online")).isEqualTo(Category.DOMAIN);
    assertThat(routing.mustBeHandled()).containsExactly("order.*");
  }

  @Test
  void readsValidation() throws IOException {
    ValidationRules validation = allFields().validation();
    Requirement setpoint = validation.requirements().get(0);

    assertThat(validation.strictCatalogue()).isTrue();
    assertThat(validation.requirements())
        .extracting(Requirement::name)
        .containsExactly("setpoint-in-range", "has-user");
    assertThat(setpoint.types()).containsExactly("factory.setpoint", "factory.limit.*");
    assertThat(setpoint.message()).isEqualTo("a setpoint is below 100");
    assertThat(setpoint.condition().holds(Map.of("payload", Map.of("value", 99L)))).isTrue();
    assertThat(setpoint.condition().holds(Map.of("payload", Map.of("value", 100.5)))).isFalse();
    assertThat(validation.requirements().get(1).message())
        .isEqualTo("must hold: has(event.user_id)");
  }

  @Test
  void readsQuality() throws IOException {
    QualityRules quality = allFields().quality();

    assertThat(quality.threshold()).isEqualTo(0.6);
    assertThat(quality.timeliness())
        .isEqualTo(new Timeliness(120_000, 48 * 3_600_000L, 0.15, 0.25));
    assertThat(quality.keeping()).isEqualTo(new Keeping(300_000, 16));
    assertThat(quality.statistics()).isEqualTo(new Statistics(30_000, 7_200_000));
    assertThat(quality.everyMetric().checks())
        .containsExactly(new Check.Outlier(8, 64, Cost.soft(0.4)));
    assertThat(quality.everyMetric().weight()).isEqualTo(2);
    assertThat(quality.required("thermo-2")).containsExactly("temperature", "humidity");
  }

  @Test
  void readsTheChecksOfAMetric() throws IOException {
    MetricRules temperature = allFields().quality().metrics().get("temperature");

    assertThat(temperature.weight()).isEqualTo(3);
    assertThat(check(temperature, "type")).isEqualTo(new Check.Type(Check.Kind.NUMBER, Cost.HARD));
    assertThat(check(temperature, "range")).isEqualTo(new Check.Range(-40, 125, Cost.HARD));
    assertThat(check(temperature, "usual")).isEqualTo(new Check.Usual(0, 90, Cost.soft(0.3)));
    assertThat(check(temperature, "rate")).isEqualTo(new Check.Rate(2, Cost.soft(0.5)));
    assertThat(check(temperature, "stuck"))
        .isEqualTo(new Check.Stuck(3_600_000, 10, 0.1, Cost.soft(0.5)));
    assertThat(check(temperature, "outlier")).isEqualTo(new Check.Off("outlier"));
    assertThat(check(temperature, "my-check"))
        .isEqualTo(
            new Check.Custom("my-check", "check-name", Map.of("k", "v", "n", "3"), Cost.soft(0.2)));
    Check.Expression notBoth = (Check.Expression) check(temperature, "not-both");
    assertThat(notBoth.cost()).isEqualTo(Cost.HARD);
    assertThat(notBoth.condition().text()).isEqualTo("value < 80 ||\n  data.mode == 'boost'\n");
    assertThat(notBoth.condition().holds(Map.of("value", 81.0, "data", Map.of("mode", "boost"))))
        .isTrue();
  }

  @Test
  void leavesBoundsOpen() throws IOException {
    MetricRules pressure = allFields().quality().metrics().get("pressure");

    assertThat(check(pressure, "range"))
        .isEqualTo(new Check.Range(Double.NEGATIVE_INFINITY, 10, Cost.soft(0.7)));
    assertThat(check(pressure, "usual"))
        .isEqualTo(new Check.Usual(1, Double.POSITIVE_INFINITY, Cost.soft(0.3)));
  }

  @Test
  void laysLayersOverOneAnother() throws IOException {
    QualityRules quality = allFields().quality();

    assertThat(quality.of("thermo-2", "temperature").checks())
        .extracting(Check::name)
        .containsExactly("my-check", "not-both", "range", "rate", "stuck", "type", "usual");
    assertThat(check(quality.of("thermo-2", "temperature"), "range"))
        .isEqualTo(new Check.Range(-20, 95, Cost.HARD));
    assertThat(quality.of("thermo-2", "temperature").weight()).isEqualTo(3);
    assertThat(quality.of("thermo-9", "whatever").weight()).isEqualTo(2);
  }

  @Test
  void readsAnomaliesAndTriggers() throws IOException {
    QualityRules quality = allFields().quality();
    QualityRules.Anomaly overheating = quality.anomalies().get(0);

    assertThat(overheating.severity()).isEqualTo(Severity.HIGH);
    assertThat(overheating.checks()).containsExactly("temperature/range", "outlier", "late");
    assertThat(overheating.when().holds(Map.of("score", 0.8))).isTrue();
    assertThat(quality.anomalies().get(1).message()).isEqualTo("unusual");
    assertThat(quality.triggers().get(0).action())
        .isEqualTo(
            new Action.Command(
                "ReportFault",
                "{\"code\":\"E9\",\"severity\":\"high\",\"message\":\"it will fail\"}"));
    assertThat(quality.triggers().get(1).action())
        .isEqualTo(
            new Action.Event(
                "device.error", "{\"error\":{\"message\":\"noted\",\"code\":\"N1\"}}"));
  }

  @Test
  void takesFromTheBaseWhatIsLeftOut() throws IOException {
    RuleSet base = allFields();
    RuleSet rules =
        RuleDocument.read("quality: {timeliness: {late_after: 3m}, models: {}}", 5, base)
            .rules()
            .orElseThrow();

    assertThat(rules.version()).isEqualTo(5);
    assertThat(rules.routing()).isEqualTo(base.routing());
    assertThat(rules.validation()).isEqualTo(base.validation());
    assertThat(rules.quality().timeliness())
        .isEqualTo(new Timeliness(180_000, 48 * 3_600_000L, 0.15, 0.25));
    assertThat(rules.quality().metrics()).isEqualTo(base.quality().metrics());
    assertThat(rules.quality().models()).isEmpty();
    assertThat(rules.quality().anomalies()).isEqualTo(base.quality().anomalies());
  }

  @Test
  void setsNothingWhereItSaysNothing() {
    RuleSet rules = read("{}");

    assertThat(rules)
        .isEqualTo(
            new RuleSet(
                4,
                RuleSet.DEFAULT.routing(),
                RuleSet.DEFAULT.validation(),
                RuleSet.DEFAULT.quality()));
  }

  @Test
  void readsTheSameAsJson() throws IOException {
    RuleSet yaml = allFields();
    String json =
        """
        {"version": 4, "routing": {"max_future_skew": "10m",
        \t"categories": {"order.placed": "USER", "factory.*": "DOMAIN"}, "must_be_handled": ["order.*"]}}
        """;

    assertThat(read(json).routing()).isEqualTo(yaml.routing());
  }

  @Test
  void readsWhatAnEditorPutInFront() {
    assertThat(read("\uFEFFversion: 4\r\nquality:\r\n  threshold: 0.25\r\n").quality().threshold())
        .isEqualTo(0.25);
  }

  @Test
  void tellsTheVersionThatADocumentSays() {
    assertThat(
            RuleDocument.check("version: 7", RuleSet.DEFAULT, Optional.empty())
                .rules()
                .orElseThrow()
                .version())
        .isEqualTo(7);
  }

  @Test
  void seesJsonAsFacts() throws IOException {
    Object facts =
        Facts.of(
            JsonMapper.builder()
                .build()
                .readTree("{\"a\":1,\"b\":[1.5,null,true,\"x\"],\"c\":123456789012345678901}"));
    RuleSet rules =
        read(
            """
            validation:
              requirements:
                - name: a
                  types: [order.placed]
                  require: >-
                    payload.a == 1 && payload.b[0] == 1.5 && payload.b[1] == null
                    && payload.b[2] && payload.c > 1e20 && !has(payload.d)
            """);

    assertThat(rules.validation().requirements().get(0).condition().holds(Map.of("payload", facts)))
        .isTrue();
  }

  @Test
  void readsWhatIsPublishedByNoCatalogue() {
    String document =
        """
        validation: {strict_catalogue: true}
        quality:
          triggers:
            - {name: a, when: 'true', event: {event_type: of.another.jar, payload: {x: 1}}}
            - {name: b, when: 'true', event: {event_type: device.offline, payload: {reason: 7}}}
            - {name: c, when: 'true', command: {name: ClearFault, data: {of_a_later_release: 1}}}
        """;

    assertThat(RuleDocument.check(document, 4, RuleSet.DEFAULT).findings())
        .extracting(Finding::line)
        .containsOnly(4, 5, 6);
    assertThat(RuleDocument.check(document, RuleSet.DEFAULT, Optional.empty()).rules()).isEmpty();
    assertThat(read(document).quality().triggers()).hasSize(3);
  }
}
