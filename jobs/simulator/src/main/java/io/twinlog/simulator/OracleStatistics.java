// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the statistics of telemetry must be: a batch over the records that were accepted, a list of
 * values for each window, in decimals. Windows of which a record came too late are left to others:
 * which of them it missed is not for a batch to say.
 */
final class OracleStatistics {
  private static final MathContext DIGITS = new MathContext(60);
  private static final Map<String, Long> SIZES =
      Map.of("1m", 60_000L, "1h", 3_600_000L, "1d", 86_400_000L);

  /** As docs/rules.md has it: 64 buckets between powers of two. */
  private static final double PERCENTILE_ERROR = 1.0 / 128;

  /** The values of a window, in the order in which they came. */
  private static final class Values {
    final List<Double> all = new ArrayList<>();
    long lastTime = Long.MIN_VALUE;
    double last;
    boolean unsure;

    void add(double value, long time) {
      all.add(value);
      if (time >= lastTime) {
        lastTime = time;
        last = value;
      }
    }
  }

  private final Map<String, Values> windows = new TreeMap<>();

  /** Takes a record; those of a device in the order in which they were accepted. */
  void add(TelemetryRecord record) {
    boolean tooLate = has(record, "", "too_late");
    record
        .getData()
        .forEach(
            (metric, value) -> {
              if (value instanceof Number number && !has(record, metric, "too_many_metrics")) {
                long time = record.getTimestamp().toEpochMilli();
                for (Map.Entry<String, Long> size : SIZES.entrySet()) {
                  long start = Math.floorDiv(time, size.getValue()) * size.getValue();
                  String key =
                      String.join(
                          "/",
                          record.getDeviceId(),
                          metric,
                          size.getKey(),
                          Instant.ofEpochMilli(start).toString());
                  Values values = windows.computeIfAbsent(key, k -> new Values());
                  values.add(number.doubleValue(), time);
                  values.unsure |= tooLate;
                }
              }
            });
  }

  private static boolean has(TelemetryRecord record, String metric, String check) {
    return record.getFlags().stream()
        .anyMatch(flag -> flag.getMetric().equals(metric) && flag.getCheck().equals(check));
  }

  /**
   * What is wrong with the newest revisions, by key; empty: nothing.
   *
   * @param forgotten devices that were: of their windows some began anew
   */
  List<String> problems(Map<String, TelemetryStats> told, TreeSet<String> forgotten) {
    List<String> problems = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(windows.keySet());
    keys.addAll(told.keySet());
    for (String key : keys) {
      Values values = windows.get(key);
      boolean unsure =
          forgotten.contains(key.substring(0, key.indexOf('/'))) || values != null && values.unsure;
      if (!unsure) {
        String wrong =
            values == null
                ? "there is no record of it"
                : told.get(key) == null ? "it was never told" : wrong(values, told.get(key));
        if (!wrong.isEmpty()) {
          problems.add("window " + key + ": " + wrong + "; told: " + told.get(key));
        }
      }
    }
    return problems;
  }

  private static String wrong(Values values, TelemetryStats told) {
    List<Double> sorted = values.all.stream().sorted().toList();
    int count = sorted.size();
    if (told.getCount() != count) {
      return "there are " + count + " values";
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : sorted) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    double stddev =
        n.multiply(squares)
            .subtract(sum.multiply(sum))
            .divide(n.multiply(n), DIGITS)
            .sqrt(DIGITS)
            .doubleValue();
    if (told.getMean() != sum.doubleValue() / count) {
      return "the mean is " + sum.doubleValue() / count;
    }
    boolean ends = told.getMin() == sorted.get(0) && told.getMax() == sorted.get(count - 1);
    boolean spread = Math.abs(told.getStddev() - stddev) <= stddev * 1e-13;
    boolean ranks =
        isAt(0.5, sorted, told.getP50())
            && isAt(0.95, sorted, told.getP95())
            && isAt(0.99, sorted, told.getP99());
    return ends && spread && ranks && told.getLast() == values.last
        ? ""
        : "the values are " + values.all;
  }

  private static boolean isAt(double rank, List<Double> sorted, double told) {
    double exact = sorted.get((int) (rank * (sorted.size() - 1)));
    return Math.abs(told - exact) <= Math.abs(exact) * PERCENTILE_ERROR;
  }
}
