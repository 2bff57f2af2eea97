// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.rules.FindingCode;

/** Reads what the violation of a check costs: {@code hard} or {@code penalty}. */
final class Costs {
  /** Of a check that costs something and does not say how much. */
  static final double PENALTY = 0.5;

  /** The same, of values that are only unusual. */
  static final double UNUSUAL_PENALTY = 0.3;

  private final Findings findings;

  Costs(Findings findings) {
    this.findings = findings;
  }

  /**
   * Reads the cost of a check.
   *
   * @param otherwise where neither is given
   */
  Cost read(Section section, Cost otherwise) {
    boolean hard = section.bool("hard", false);
    if (hard && section.has("penalty")) {
      findings.add(
          section.value("penalty").orElseThrow().keySpot(),
          FindingCode.CONTRADICTION,
          "a hard check has no penalty: the record is rejected. Leave one of the two out");
      return Cost.HARD;
    }
    if (hard) {
      return Cost.HARD;
    }
    double soft = otherwise.hard() ? PENALTY : otherwise.penalty();
    return section.has("penalty") || section.has("hard")
        ? Cost.soft(section.number("penalty", 0, 1, soft))
        : otherwise;
  }
}
