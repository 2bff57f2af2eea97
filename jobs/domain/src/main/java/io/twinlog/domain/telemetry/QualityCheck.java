// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.List;
import java.util.Map;

/**
 * A check of telemetry from a jar of a user's own, which names it in {@code META-INF/services}; the
 * rules refer to it by its {@link #name} ({@link Check.Custom}) and say what a violation costs. It
 * is a function of the sample and of its settings, and keeps nothing from one sample to the next: a
 * record is checked again after a crash, and must be judged the same. How to write one:
 * docs/extensions.md.
 */
public interface QualityCheck {
  /** What the rules call it by; no two checks may have the same. */
  String name();

  /**
   * Judges one value. What it throws counts as a violation, with what was thrown as its message.
   *
   * @param settings as they stand in the rules; those in which {@link #flaws} finds nothing
   */
  Verdict check(Sample sample, Map<String, String> settings);

  /**
   * What is wrong with the settings of a rule, a sentence each; none: nothing. Asked when a
   * document of rules is checked, so that one with a wrong setting is never in force.
   */
  default List<String> flaws(Map<String, String> settings) {
    return List.of();
  }
}
