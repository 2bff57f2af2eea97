// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.benchmarks.quality.CheckFigures;
import io.twinlog.benchmarks.quality.Comparison;
import io.twinlog.benchmarks.quality.KindFigures;
import io.twinlog.benchmarks.quality.NabFigures;
import io.twinlog.benchmarks.quality.TrialFigures;
import io.twinlog.benchmarks.quality.Wrong.Kind;
import io.twinlog.domain.telemetry.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures of quality as tables; of several seeds the median, and from least to most. */
final class QualityTables {
  private static final String NONE = "–";

  private QualityTables() {}

  /** Of the checks of a row and kinds of wrongs, the share of wrongs that they found. */
  static String recall(List<TrialFigures> fleets) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("check"));
    for (Kind kind : Kind.values()) {
      head.add(kind.text());
    }
    rows.add(head);
    for (String check : checks()) {
      List<String> row = new ArrayList<>(List.of(check));
      for (Kind kind : Kind.values()) {
        row.add(spread("%.3f", fleets, fleet -> fleet.of(check).of(kind).recall()));
      }
      rows.add(row);
    }
    return Table.markdown(rows);
  }

  private static List<String> checks() {
    List<String> checks = new ArrayList<>(Comparison.CHECKS);
    checks.add(Comparison.ANY);
    return checks;
  }

  /** What else was flagged. */
  static String precision(List<TrialFigures> fleets) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "check",
            "flags that hit",
            "aftermath",
            "false",
            "precision",
            "aftermath taken for false",
            "false alarms per 1,000 clean records"));
    for (String check : checks()) {
      rows.add(
          List.of(
              check,
              sum(fleets, fleet -> fleet.of(check).hits()),
              sum(fleets, fleet -> fleet.of(check).aftermath()),
              sum(fleets, fleet -> fleet.of(check).falseFlags()),
              spread("%.4f", fleets, fleet -> fleet.of(check).precision()),
              spread("%.3f", fleets, fleet -> fleet.of(check).strictPrecision()),
              spread("%.3f", fleets, fleet -> fleet.falsePerThousand(check))));
    }
    return Table.markdown(rows);
  }

  /** How long episodes went on before their first flag, in seconds. */
  static String delay(List<TrialFigures> fleets) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("what is wrong, by which check", "median s", "95th percentile s"));
    delay(rows, fleets, Kind.STUCK, Check.Stuck.NAME);
    for (String check : List.of(Check.Usual.NAME, Check.Rate.NAME, Check.Outlier.NAME)) {
      delay(rows, fleets, Kind.DRIFT, check);
    }
    delay(rows, fleets, Kind.DRIFT, Comparison.ANY);
    delay(rows, fleets, Kind.DROPOUT, Comparison.REQUIRED);
    return Table.markdown(rows);
  }

  private static void delay(
      List<List<String>> rows, List<TrialFigures> fleets, Kind kind, String check) {
    rows.add(
        List.of(
            kind.text() + ", " + check,
            spread("%.0f", fleets, fleet -> fleet.of(check).of(kind).delayMedian()),
            spread("%.0f", fleets, fleet -> fleet.of(check).of(kind).delayP95())));
  }

  /** Of what lies within the bounds of a check, all must be found. */
  static String within(List<TrialFigures> fleets) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("what is wrong, by which check", "all", "beyond its bounds", "found of these"));
    within(rows, fleets, Kind.SPIKE, Check.Range.NAME);
    within(rows, fleets, Kind.SPIKE, Check.Usual.NAME);
    within(rows, fleets, Kind.STUCK, Check.Stuck.NAME);
    return Table.markdown(rows);
  }

  private static void within(
      List<List<String>> rows, List<TrialFigures> fleets, Kind kind, String check) {
    List<KindFigures> figures =
        fleets.stream().map(fleet -> fleet.of(check)).map(of -> of.of(kind)).toList();
    rows.add(
        List.of(
            kind.text() + ", " + check,
            "%,d".formatted(figures.stream().mapToInt(KindFigures::wrongs).sum()),
            "%,d"
                .formatted(figures.stream().mapToInt(KindFigures::within).filter(n -> n > 0).sum()),
            "%,d"
                .formatted(
                    figures.stream().mapToInt(KindFigures::foundWithin).filter(n -> n > 0).sum())));
  }

  /** How much was tried. */
  static String fleets(List<TrialFigures> fleets) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head =
        new ArrayList<>(List.of("seed", "records", "clean", "repeats", "dead letters"));
    for (Kind kind : Kind.values()) {
      head.add(kind.text());
    }
    rows.add(head);
    for (TrialFigures fleet : fleets) {
      List<String> row = new ArrayList<>(List.of(Long.toString(fleet.setting().seed())));
      for (long count :
          new long[] {fleet.records(), fleet.clean(), fleet.repeats(), fleet.unreadable()}) {
        row.add("%,d".formatted(count));
      }
      CheckFigures any = fleet.of(Comparison.ANY);
      for (Kind kind : Kind.values()) {
        row.add("%,d".formatted(any.of(kind).wrongs()));
      }
      rows.add(row);
    }
    return Table.markdown(rows);
  }

  /** A line for each series. */
  static String nab(List<NabFigures> nab) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "series",
            "flags in each window",
            "flags outside",
            "of",
            "share",
            "spells outside",
            "criterion"));
    for (NabFigures series : nab) {
      rows.add(
          List.of(
              series.name(),
              list(series, window -> Integer.toString(window.flags())),
              "%,d".formatted(series.flagsOutside()),
              "%,d".formatted(series.outside()),
              "%.2f %%".formatted(100 * series.shareOutside()),
              "%,d".formatted(series.spellsOutside()),
              series.isMet() ? "met" : "not met"));
    }
    return Table.markdown(rows);
  }

  private static String list(NabFigures series, Function<NabFigures.WindowFigures, String> figure) {
    return series.windows().isEmpty()
        ? NONE
        : series.windows().stream().map(figure).collect(Collectors.joining(", "));
  }

  /** A line for each window. */
  static String windows(List<NabFigures> nab) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "series",
            "window",
            "values",
            "flags",
            "first flag after h",
            "a flag by chance",
            "all by chance"));
    for (NabFigures series : nab) {
      for (NabFigures.WindowFigures window : series.windows()) {
        rows.add(
            List.of(
                series.name(),
                window.from() + " – " + window.to(),
                "%,d".formatted(window.values()),
                Integer.toString(window.flags()),
                number("%.1f", window.firstFlagHours()),
                "%.0f %%".formatted(100 * window.chance()),
                "%.1f %%".formatted(100 * series.chance())));
      }
    }
    return Table.markdown(rows);
  }

  private static String sum(List<TrialFigures> fleets, ToDoubleFunction<TrialFigures> figure) {
    return "%,.0f".formatted(fleets.stream().mapToDouble(figure).sum());
  }

  /** {@code median (min–max)}; the first alone where all are the same. */
  private static String spread(
      String format, List<TrialFigures> fleets, ToDoubleFunction<TrialFigures> figure) {
    List<Double> values =
        fleets.stream().mapToDouble(figure).filter(Double::isFinite).boxed().toList();
    if (values.isEmpty()) {
      return NONE;
    }
    Spread spread = Spread.of(values);
    String median = number(format, spread.median());
    String least = number(format, spread.min());
    String most = number(format, spread.max());
    return least.equals(most) ? median : "%s (%s–%s)".formatted(median, least, most);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? NONE : format.formatted(value);
  }
}
