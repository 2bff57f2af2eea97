// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.telemetry.QualityCheck;
import io.twinlog.domain.telemetry.QualityChecks;
import java.util.List;
import java.util.Map;

/** Settings that a rule hands to a quality check. */
public final class GivenSettings {
  private final Map<String, String> settings;

  GivenSettings(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** The rule is checked, before it takes effect. */
  public Flaws when(QualityCheck check) {
    return new Flaws(new QualityChecks(List.of(check)).flaws(check.name(), settings));
  }

  /** What is wrong with them. */
  public static final class Flaws {
    private final List<String> flaws;

    Flaws(List<String> flaws) {
      this.flaws = flaws;
    }

    public void thenAreSound() {
      Failures.require(flaws.isEmpty(), "expected none of\n" + Failures.lines(flaws));
    }

    /** They are refused, and this is a part of one of the reasons. */
    public void thenAreRefused(String part) {
      Failures.require(
          flaws.stream().anyMatch(flaw -> flaw.contains(part)),
          "expected a flaw with \"" + part + "\", was\n" + Failures.lines(flaws));
    }
  }
}
