// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same statistics by another road: all values of a window at once, in a list, in decimals. It
 * shares no code with what it judges.
 */
public final class BatchStatistics {
  /** Digits of the variance, before it is rounded to a double. */
  private static final MathContext DIGITS = new MathContext(60);

  private static final Map<String, Long> WINDOWS =
      Map.of("1m", 60_000L, "1h", 3_600_000L, "1d", 86_400_000L);

  /** The values of a window, in the order in which they came. */
  private static final class Values {
    final List<Double> all = new ArrayList<>();
    long lastTime = Long.MIN_VALUE;
    double last;

    void add(double value, long time) {
      all.add(value);
      if (time >= lastTime) {
        lastTime = time;
        last = value;
      }
    }
  }

  private final Map<String, Values> windows = new TreeMap<>();
  private final double percentileError;

  /**
   * @param percentileError largest relative error of a percentile
   */
  public BatchStatistics(double percentileError) {
    this.percentileError = percentileError;
  }

  /** Takes a record; those of a device in the order in which they were accepted. */
  public void add(TelemetryRecord record) {
    long time = record.getTimestamp().toEpochMilli();
    record
        .getData()
        .forEach(
            (metric, value) ->
                WINDOWS.forEach(
                    (window, millis) ->
                        windows
                            .computeIfAbsent(
                                key(
                                    record.getDeviceId(),
                                    metric,
                                    window,
                                    Math.floorDiv(time, millis) * millis),
                                k -> new Values())
                            .add(((Number) value).doubleValue(), time)));
  }

  private static String key(String device, String metric, String window, long start) {
    return device + '/' + metric + '/' + window + '/' + Instant.ofEpochMilli(start);
  }

  /** The windows are these, and say the same. */
  public void assertEqual(Map<String, TelemetryStats> told) {
    assertThat(told.keySet()).isEqualTo(windows.keySet());
    windows.forEach((key, values) -> assertEqual(key, values, told.get(key)));
  }

  private void assertEqual(String key, Values values, TelemetryStats told) {
    List<Double> sorted = values.all.stream().sorted().toList();
    int count = sorted.size();
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : sorted) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    BigDecimal variance =
        n.multiply(squares).subtract(sum.multiply(sum)).divide(n.multiply(n), DIGITS);
    double stddev = variance.sqrt(DIGITS).doubleValue();
    assertThat(told.getCount()).as(key).isEqualTo(count);
    assertThat(told.getMin()).as(key).isEqualTo(sorted.get(0));
    assertThat(told.getMax()).as(key).isEqualTo(sorted.get(count - 1));
    assertThat(told.getMean()).as(key).isEqualTo(sum.doubleValue() / count);
    assertThat(told.getStddev()).as(key).isCloseTo(stddev, within(stddev * 1e-13));
    assertThat(told.getLast()).as(key).isEqualTo(values.last);
    percentile(key, sorted, 0.5, told.getP50());
    percentile(key, sorted, 0.95, told.getP95());
    percentile(key, sorted, 0.99, told.getP99());
  }

  /** Of an even number the lower of the two in the middle. */
  private void percentile(String key, List<Double> sorted, double rank, double told) {
    double exact = sorted.get((int) (rank * (sorted.size() - 1)));
    assertThat(told)
        .as(key + " at " + rank)
        .isCloseTo(exact, within(Math.abs(exact) * percentileError * (1 + 1e-9)));
  }

  /** Number of windows. */
  public int size() {
    return windows.size();
  }
}
