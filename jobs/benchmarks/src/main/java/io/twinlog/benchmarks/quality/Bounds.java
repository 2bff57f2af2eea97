// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.QualityRules;
import java.util.Optional;

/** Which wrongs a check must see, if it does what its bounds say. It does not ask the check. */
final class Bounds {
  private final QualityRules rules;

  Bounds(QualityRules rules) {
    this.rules = rules;
  }

  /**
   * Whether a wrong of a device of the model is within what the check sees; empty: its bounds alone
   * do not tell.
   */
  Optional<Boolean> sees(String check, String model, Wrong wrong) {
    return rules.of(model, wrong.metric()).checks().stream()
        .filter(one -> one.name().equals(check))
        .findFirst()
        .flatMap(one -> sees(one, wrong));
  }

  private static Optional<Boolean> sees(Check check, Wrong wrong) {
    boolean spike = wrong.kind() == Wrong.Kind.SPIKE;
    if (spike && check instanceof Check.Range range) {
      return Optional.of(wrong.reported() < range.min() || wrong.reported() > range.max());
    }
    if (spike && check instanceof Check.Usual usual) {
      return Optional.of(wrong.reported() < usual.min() || wrong.reported() > usual.max());
    }
    if (wrong.kind() == Wrong.Kind.STUCK && check instanceof Check.Stuck stuck) {
      return Optional.of(
          wrong.readings() >= stuck.valuesMin()
              && wrong.end() - wrong.begin() >= stuck.forMillis());
    }
    return Optional.empty();
  }
}
