// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.rules.FindingCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what contradicts itself once the layers of a metric are laid over one another. The finding
 * stands where the closer of the two rules is written.
 */
final class LayerCheck {
  /** Which layer the defaults of the document are; below them are those of the base. */
  private static final int DEFAULTS = 1;

  private final Findings findings;

  LayerCheck(Findings findings) {
    this.findings = findings;
  }

  /**
   * A check that holds, and whose it is.
   *
   * @param layer the higher, the closer
   * @param spot empty: it is not of this document
   */
  private record Held(Check check, int layer, Optional<Spot> spot) {}

  /** The layers of a metric, the widest first. */
  void check(List<Layer> layers) {
    Map<String, Held> held = new TreeMap<>();
    for (int i = 0; i < layers.size(); i++) {
      for (Check check : layers.get(i).rules().checks()) {
        Held mine =
            new Held(check, i, Optional.ofNullable(layers.get(i).spots().get(check.name())));
        Held wider = held.put(check.name(), mine);
        boolean ofNothing = check instanceof Check.Off && wider == null;
        if (ofNothing && !CheckReader.BUILT_IN.contains(check.name())) {
          report(
              FindingCode.UNKNOWN_CHECK,
              "no wider layer has a check '" + check.name() + "' that could be off",
              mine);
        }
      }
    }
    held.values().removeIf(one -> one.check instanceof Check.Off);
    checkUsual(held);
    checkTolerance(held);
    checkKind(held);
  }

  private void checkUsual(Map<String, Held> held) {
    Held range = held.get(Check.Range.NAME);
    Held usual = held.get(Check.Usual.NAME);
    if (range == null || usual == null) {
      return;
    }
    Check.Range outer = (Check.Range) range.check;
    Check.Usual inner = (Check.Usual) usual.check;
    if (inner.min() > outer.max() || inner.max() < outer.min()) {
      report(
          FindingCode.CONTRADICTION,
          "usual and range have no value in common: no value can be right",
          usual,
          range);
      return;
    }
    if (Double.isFinite(inner.min()) && inner.min() < outer.min()) {
      beyond("min", inner.min(), outer.min(), new Held[] {usual, range});
    }
    if (Double.isFinite(inner.max()) && inner.max() > outer.max()) {
      beyond("max", inner.max(), outer.max(), new Held[] {usual, range});
    }
  }

  private void beyond(String bound, double usual, double range, Held[] both) {
    report(
        FindingCode.CONTRADICTION,
        "usual."
            + bound
            + " is "
            + Values.shown(usual)
            + ", outside of range, whose "
            + bound
            + " is "
            + Values.shown(range)
            + ": what is usual lies within what is possible",
        both);
  }

  private void checkTolerance(Map<String, Held> held) {
    Held range = held.get(Check.Range.NAME);
    Held stuck = held.get(Check.Stuck.NAME);
    if (range == null || stuck == null) {
      return;
    }
    Check.Range outer = (Check.Range) range.check;
    double tolerance = ((Check.Stuck) stuck.check).tolerance();
    if (tolerance > 0 && tolerance >= outer.max() - outer.min()) {
      report(
          FindingCode.CONTRADICTION,
          "stuck.tolerance is "
              + Values.shown(tolerance)
              + ", as wide as range: every value would be the same",
          stuck,
          range);
    }
  }

  private void checkKind(Map<String, Held> held) {
    Held type = held.get(Check.Type.NAME);
    if (type == null || ((Check.Type) type.check).kind() == Check.Kind.NUMBER) {
      return;
    }
    held.values().stream()
        .filter(one -> one.layer > DEFAULTS ? isOfNumbers(one.check) : rejectsAllElse(one))
        .forEach(
            one ->
                report(
                    FindingCode.CONTRADICTION,
                    "'"
                        + one.check.name()
                        + "' is a check of numbers, and the type is "
                        + ((Check.Type) type.check)
                            .kind()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT),
                    one,
                    type));
  }

  private static boolean isOfNumbers(Check check) {
    return !(check instanceof Check.Type || check instanceof Check.Custom);
  }

  /** Defaults are of every metric: only those that would reject each value but a number count. */
  private static boolean rejectsAllElse(Held held) {
    return held.layer == DEFAULTS
        && isOfNumbers(held.check)
        && !(held.check instanceof Check.Outlier || held.check instanceof Check.Expression);
  }

  /** At the closer one, the first where both are of one layer. */
  private void report(FindingCode code, String message, Held... held) {
    Held closest = held[0];
    for (Held one : held) {
      closest = one.layer > closest.layer ? one : closest;
    }
    closest.spot.ifPresent(spot -> findings.add(spot, code, message));
  }
}
