// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.benchmarks.plot.Series;
import io.twinlog.benchmarks.plot.Series.Point;
import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.Flag;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.ScoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A series as the shipped rules judge it, told by a device of its own. It compares nothing. */
public final class NabTrial {
  private static final String DEVICE = "nab";
  private static final String METRIC = "value";

  private static final String ENVELOPE =
      """
      {"id":"%s","event_type":"%s","source":{"service_id":"nab","component_id":"nab"},\
      "timestamp":"%s","data":{"payload":%s}}""";

  private NabTrial() {}

  /** Every value in its place, flagged where a check of values did so. */
  public static Series of(NabSeries series) {
    Judge judge = new Judge(QualityRules.DEFAULT);
    long clock = series.readings().get(0).at();
    tell(judge, "r", "device.registered", "{\"model\":\"nab\"}", new Times(clock, clock, clock));
    List<Point> points = new ArrayList<>();
    long first = clock;
    for (NabSeries.Reading reading : series.readings()) {
      clock = Math.max(clock, reading.at());
      String payload = "{\"data\":{\"%s\":%s}}".formatted(METRIC, reading.value());
      String id = Integer.toString(points.size());
      Times times = new Times(reading.at(), clock, first);
      ScoredRecord record = tell(judge, id, "data.collected", payload, times);
      boolean flagged = record.flags().stream().anyMatch(NabTrial::isOfValue);
      points.add(new Point(reading.at(), Double.parseDouble(reading.value()), flagged));
    }
    return new Series(series.name(), "", points, series.windows());
  }

  private record Times(long event, long clock, long first) {}

  private static ScoredRecord tell(
      Judge judge, String id, String type, String payload, Times times) {
    String message = ENVELOPE.formatted(id, type, Instant.ofEpochMilli(times.event()), payload);
    Moment now = new Moment(times.clock() - times.first() + 1, times.clock());
    return judge.accept(DEVICE, message.getBytes(StandardCharsets.UTF_8), now).orElse(null);
  }

  private static boolean isOfValue(Flag flag) {
    return flag.metric().equals(METRIC);
  }
}
