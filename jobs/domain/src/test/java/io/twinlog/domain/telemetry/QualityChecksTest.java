// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.Values;
import io.twinlog.domain.telemetry.Sample.Reading;
import io.twinlog.domain.telemetry.Sample.Subject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class QualityChecksTest {
  private static final Sample SAMPLE =
      new Sample(
          new Subject("d-1", "m-1", "temperature"),
          new Reading(new Scalar.Decimal(21.5), 1_000),
          null,
          Values.NONE,
          2_000);

  private static Check.Custom rule(String uses) {
    return new Check.Custom("own", uses, Map.of("max", "20"), Check.Cost.soft(0.5));
  }

  @Test
  void handsTheSettingsOfTheRuleToTheCheckThatItNames() {
    QualityChecks checks =
        new QualityChecks(
            List.of(
                new TestingCheck("low", sample -> Verdict.OK),
                new TestingCheck("high", sample -> Verdict.violated(sample.metric()))));

    assertThat(checks.check(rule("low"), SAMPLE)).isEqualTo(Verdict.OK);
    assertThat(checks.check(rule("high"), SAMPLE)).isEqualTo(Verdict.violated("temperature"));
    assertThat(checks.names()).containsExactly("high", "low");
  }

  @Test
  void countsWhatACheckThrowsAsAViolation() {
    QualityChecks checks =
        new QualityChecks(
            List.of(
                new TestingCheck(
                    "broken",
                    sample -> {
                      throw new NoClassDefFoundError("com/example/Table");
                    }),
                new TestingCheck("silent", sample -> null)));

    assertThat(checks.check(rule("broken"), SAMPLE))
        .isEqualTo(
            Verdict.violated("broken failed: java.lang.NoClassDefFoundError: com/example/Table"));
    assertThat(checks.check(rule("silent"), SAMPLE))
        .isEqualTo(Verdict.violated("silent failed: it gave no verdict"));
  }

  @Test
  void saysTheSameOfACheckThatThrowsEachTime() {
    QualityChecks checks =
        new QualityChecks(
            List.of(
                new TestingCheck(
                    "low",
                    s -> {
                      throw new IllegalStateException("of " + new Object());
                    })));

    assertThat(checks.check(rule("low"), SAMPLE).message())
        .isEqualTo("low failed: java.lang.IllegalStateException: of java.lang.Object");
  }

  @Test
  void namesTheChecksThatThereAreWhereOneIsMissing() {
    QualityChecks checks = new QualityChecks(List.of(new TestingCheck("low", s -> Verdict.OK)));

    assertThat(checks.check(rule("lwo"), SAMPLE).message())
        .isEqualTo("no quality check lwo is on the class path, which has low");
    assertThat(checks.flaws("lwo", Map.of()))
        .containsExactly("no quality check lwo is on the class path, which has low");
  }

  @Test
  void asksTheCheckWhetherItsSettingsAreSound() {
    QualityChecks checks = new QualityChecks(List.of(new TestingCheck("low", s -> Verdict.OK)));

    assertThat(checks.flaws("low", Map.of("max", "20"))).isEmpty();
    assertThat(checks.flaws("low", Map.of())).containsExactly("max is missing");
  }

  @Test
  void refusesTwoChecksOfOneNameWithBoth() {
    assertThatThrownBy(
            () ->
                new QualityChecks(
                    List.of(new TestingCheck("low", s -> Verdict.OK), new OtherCheck("low"))))
        .hasMessage(
            "two quality checks have the name low, %s and %s"
                .formatted(TestingCheck.class.getName(), OtherCheck.class.getName()));
  }

  @Test
  void cutsAMessageThatIsTooLong() {
    assertThat(Verdict.violated("x".repeat(10_000)).message())
        .hasSize(Verdict.MESSAGE_MAX)
        .endsWith("x…");
  }

  private record TestingCheck(String name, Function<Sample, Verdict> rule) implements QualityCheck {
    @Override
    public Verdict check(Sample sample, Map<String, String> settings) {
      assertThat(settings).containsEntry("max", "20");
      return rule.apply(sample);
    }

    @Override
    public List<String> flaws(Map<String, String> settings) {
      return settings.containsKey("max") ? List.of() : List.of("max is missing");
    }
  }

  private record OtherCheck(String name) implements QualityCheck {
    @Override
    public Verdict check(Sample sample, Map<String, String> settings) {
      return Verdict.OK;
    }
  }
}
