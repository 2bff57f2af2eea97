// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.SingleObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Makes a record of {@code telemetry.stats} of a window that has closed, or changed since. */
final class Telling
    extends ProcessWindowFunction<Sums, OutputRecord, Tuple2<String, String>, TimeWindow> {
  private static final long serialVersionUID = 1;
  private static final ValueStateDescriptor<Integer> REVISION =
      new ValueStateDescriptor<>("revision", Types.INT);

  private final String window;
  private final TopicDirectory.Entry topic;
  private transient SingleObject codec;

  /**
   * @param window as records name it
   */
  Telling(String window, TopicDirectory.Entry topic) {
    this.window = window;
    this.topic = topic;
  }

  @Override
  public void open(OpenContext context) {
    codec = new SingleObject();
  }

  @Override
  public void process(
      Tuple2<String, String> key, Context context, Iterable<Sums> one, Collector<OutputRecord> out)
      throws IOException {
    Instant start = Instant.ofEpochMilli(context.window().getStart());
    byte[] name =
        (key.f0 + '/' + key.f1 + '/' + window + '/' + start).getBytes(StandardCharsets.UTF_8);
    TelemetryStats stats = stats(key, start, revision(context), one.iterator().next());
    out.collect(
        new OutputRecord(
            topic.name(),
            Partitions.of(name, topic.partitions()),
            name,
            codec.encode(stats),
            List.of()));
  }

  private static int revision(Context context) throws IOException {
    ValueState<Integer> state = context.windowState().getState(REVISION);
    Integer before = state.value();
    int revision = before == null ? 1 : before + 1;
    state.update(revision);
    return revision;
  }

  private TelemetryStats stats(Tuple2<String, String> key, Instant start, int revision, Sums sums) {
    DDSketch sketch = Summing.sketch(sums);
    return TelemetryStats.newBuilder()
        .setDeviceId(key.f0)
        .setMetric(key.f1)
        .setWindow(window)
        .setStart(start)
        .setRevision(revision)
        .setFinal$(false)
        .setCount(sums.count)
        .setMin(sums.min)
        .setMax(sums.max)
        .setMean(sums.mean)
        .setStddev(Math.sqrt(sums.squares / sums.count))
        .setP50(percentile(sketch, 0.5, sums))
        .setP95(percentile(sketch, 0.95, sums))
        .setP99(percentile(sketch, 0.99, sums))
        .setLast(sums.last)
        .build();
  }

  /** The middle of a bucket can lie beyond the outermost value in it. */
  private static double percentile(DDSketch sketch, double rank, Sums sums) {
    return Math.max(sums.min, Math.min(sums.max, sketch.getValueAtQuantile(rank)));
  }

  @Override
  public void clear(Context context) {
    context.windowState().getState(REVISION).clear();
  }
}
