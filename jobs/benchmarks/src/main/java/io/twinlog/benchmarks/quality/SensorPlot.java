// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.benchmarks.plot.Series;
import io.twinlog.benchmarks.plot.Series.Point;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.ScoredRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One sensor of a trial as a series: the one with which most was wrong. It judges nothing. */
public final class SensorPlot {
  private SensorPlot() {}

  private record Sensor(String device, String metric) implements Comparable<Sensor> {
    @Override
    public int compareTo(Sensor other) {
      return Comparator.comparing(Sensor::device)
          .thenComparing(Sensor::metric)
          .compare(this, other);
    }
  }

  /** The one with the most kinds of wrongs, then with the most of them, then the first by name. */
  public static Series of(Trial trial, String title) {
    Map<Sensor, List<Wrong>> wrongs =
        trial.wrongs().stream()
            .collect(
                Collectors.groupingBy(
                    wrong -> new Sensor(wrong.device(), wrong.metric()),
                    TreeMap::new,
                    Collectors.toList()));
    if (wrongs.isEmpty()) {
      wrongs.put(anySensor(trial.records().get(0)), List.of());
    }
    Map.Entry<Sensor, List<Wrong>> most = wrongs.entrySet().iterator().next();
    for (Map.Entry<Sensor, List<Wrong>> entry : wrongs.entrySet()) {
      most = weight(entry.getValue()) > weight(most.getValue()) ? entry : most;
    }
    Sensor sensor = most.getKey();
    return new Series(
        "%s, %s of %s".formatted(title, sensor.metric, sensor.device),
        "",
        points(trial, sensor),
        most.getValue().stream().map(w -> new Series.Window(w.begin(), w.end())).toList());
  }

  private static Sensor anySensor(ScoredRecord record) {
    return new Sensor(record.deviceId(), record.measurement().values().get(0).metric());
  }

  private static long weight(List<Wrong> wrongs) {
    long kinds = wrongs.stream().map(Wrong::kind).distinct().count();
    return kinds * Integer.MAX_VALUE + wrongs.size();
  }

  private static List<Point> points(Trial trial, Sensor sensor) {
    List<Point> points = new ArrayList<>();
    for (ScoredRecord record : trial.records()) {
      if (record.deviceId().equals(sensor.device)) {
        for (Value value : record.measurement().values()) {
          if (value.metric().equals(sensor.metric)) {
            points.add(point(record, value));
          }
        }
      }
    }
    return points;
  }

  private static Point point(ScoredRecord record, Value value) {
    boolean flagged =
        record.flags().stream().anyMatch(flag -> flag.metric().equals(value.metric()));
    return new Point(record.measurement().timestamp(), number(value.value()), flagged);
  }

  private static double number(Scalar value) {
    return value instanceof Scalar.Whole whole ? whole.value() : ((Scalar.Decimal) value).value();
  }
}
