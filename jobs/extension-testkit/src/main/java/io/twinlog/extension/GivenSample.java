// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.QualityCheck;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.Verdict;
import java.util.List;
import java.util.Map;

/** A value that telemetry checks. */
public final class GivenSample {
  private final SampleExample example;

  GivenSample(SampleExample example) {
    this.example = example;
  }

  /** It is judged, under a rule without settings. */
  public Judgement when(QualityCheck check) {
    return when(check, Map.of());
  }

  /**
   * It is judged, twice: the same must come of it.
   *
   * @throws AssertionError when the check refuses the settings, or judges otherwise the second time
   */
  public Judgement when(QualityCheck check, Map<String, String> settings) {
    QualityChecks checks = new QualityChecks(List.of(check));
    List<String> flaws = checks.flaws(check.name(), settings);
    Failures.require(flaws.isEmpty(), "the settings are not sound:\n" + Failures.lines(flaws));
    Check.Custom rule = new Check.Custom("own", check.name(), settings, Check.Cost.HARD);
    Verdict first = checks.check(rule, example.sample());
    Verdict second = checks.check(rule, example.sample());
    Failures.require(
        first.equals(second), "%s judges once %s, once %s", check.name(), first, second);
    return new Judgement(first);
  }
}
