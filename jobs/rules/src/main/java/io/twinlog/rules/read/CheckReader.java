// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.text.Node.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the built-in checks of a metric, each from the field of its name. */
final class CheckReader {
  static final List<String> BUILT_IN =
      List.of(
          Check.Type.NAME,
          Check.Range.NAME,
          Check.Usual.NAME,
          Check.Rate.NAME,
          Check.Stuck.NAME,
          Check.Outlier.NAME);

  private static final int STUCK_VALUES_MIN = 12;

  private static final int VALUES_MAX = 1_000_000;
  private static final long STUCK_MAX = 366 * 86_400_000L;
  private static final List<String> KINDS =
      Arrays.stream(Check.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();

  private final Findings findings;
  private final Values values;
  private final Costs costs;

  CheckReader(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
    this.costs = new Costs(findings);
  }

  Optional<Check> read(String name, Value value) {
    if (isOff(value)) {
      return Optional.of(new Check.Off(name));
    }
    if (name.equals(Check.Type.NAME)) {
      return values
          .choice(value, KINDS)
          .map(kind -> Check.Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
          .map(kind -> new Check.Type(kind, Cost.HARD));
    }
    if (value.node() instanceof Text) {
      values.wrongType(value, "fields, or off");
      return Optional.empty();
    }
    return Section.of(value, values)
        .flatMap(
            section ->
                switch (name) {
                  case Check.Range.NAME -> range(section);
                  case Check.Usual.NAME -> usual(section);
                  case Check.Rate.NAME -> rate(section);
                  case Check.Stuck.NAME -> stuck(section);
                  case Check.Outlier.NAME -> outlier(section);
                  default -> throw new IllegalArgumentException(name);
                });
  }

  /** Readers of YAML 1.1 write false for it. */
  private static boolean isOff(Value value) {
    return value.node() instanceof Text text
        && (text.value().equals("off") || text.plain() && text.value().equals("false"));
  }

  private record Span(double min, double max) {}

  private Optional<Check> range(Section section) {
    return span(section)
        .map(span -> new Check.Range(span.min, span.max, costs.read(section, Cost.HARD)));
  }

  private Optional<Check> usual(Section section) {
    Cost cost = Cost.soft(Costs.UNUSUAL_PENALTY);
    return span(section)
        .map(span -> new Check.Usual(span.min, span.max, costs.read(section, cost)));
  }

  private Optional<Span> span(Section section) {
    section.only("min", "max", "hard", "penalty");
    OptionalDouble min = section.number("min", -Values.LARGEST, Values.LARGEST);
    OptionalDouble max = section.number("max", -Values.LARGEST, Values.LARGEST);
    if (!section.has("min") && !section.has("max")) {
      findings.add(section.spot(), FindingCode.MISSING_FIELD, "give min, max, or both");
      return Optional.empty();
    }
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      findings.add(
          section.value("min").orElseThrow().spot(),
          FindingCode.CONTRADICTION,
          "min is "
              + Values.shown(min.getAsDouble())
              + ", above max, "
              + Values.shown(max.getAsDouble())
              + ": no value can be right");
      return Optional.empty();
    }
    return Optional.of(
        new Span(min.orElse(Double.NEGATIVE_INFINITY), max.orElse(Double.POSITIVE_INFINITY)));
  }

  private Optional<Check> rate(Section section) {
    section.only("per_second", "hard", "penalty");
    Cost cost = costs.read(section, Cost.soft(Costs.PENALTY));
    if (section.required("per_second").isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble perSecond = section.number("per_second", 0, Values.LARGEST);
    if (perSecond.isPresent() && perSecond.getAsDouble() == 0) {
      findings.add(
          section.value("per_second").orElseThrow().spot(),
          FindingCode.OUT_OF_RANGE,
          "must be above 0: a value that may never move is one of range");
      return Optional.empty();
    }
    return perSecond.isPresent()
        ? Optional.of(new Check.Rate(perSecond.getAsDouble(), cost))
        : Optional.empty();
  }

  private Optional<Check> stuck(Section section) {
    section.only("for", "values_min", "tolerance", "hard", "penalty");
    Cost cost = costs.read(section, Cost.soft(Costs.PENALTY));
    int valuesMin = section.whole("values_min", 2, VALUES_MAX, STUCK_VALUES_MIN);
    double tolerance = section.number("tolerance", 0, Values.LARGEST, 0);
    if (section.required("for").isEmpty()) {
      return Optional.empty();
    }
    long forMillis = section.duration("for", 1, STUCK_MAX, 0);
    return forMillis == 0
        ? Optional.empty()
        : Optional.of(new Check.Stuck(forMillis, valuesMin, tolerance, cost));
  }

  private Optional<Check> outlier(Section section) {
    section.only("deviations", "values_min", "hard", "penalty");
    Check.Outlier otherwise = Check.Outlier.DEFAULT;
    return Optional.of(
        new Check.Outlier(
            section.number("deviations", 0.1, 1_000_000, otherwise.deviations()),
            section.whole("values_min", 2, VALUES_MAX, otherwise.valuesMin()),
            costs.read(section, otherwise.cost())));
  }
}
