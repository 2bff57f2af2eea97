// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.benchmarks.BenchRules;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.telemetry.TelemetryJob;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is measured side by side comes to the same. */
class SameNumbersTest {
  private static final int OUTPUTS_MAX = 1_000_000;

  private static final TopicDirectory TOPICS =
      new TopicDirectory(
          Arrays.stream(Topic.values())
              .collect(
                  Collectors.toMap(
                      Topic::text,
                      topic -> new TopicDirectory.Entry(topic.text(), "id-" + topic.text(), 4))));

  private static List<OutputRecord> ours;
  private static List<OutputRecord> theirs;

  @BeforeAll
  static void runBoth() throws Exception {
    List<SampleEvent> sample = SampleEvent.all();
    ours = ours(sample);
    theirs = theirs(sample);
  }

  private static List<OutputRecord> ours(List<SampleEvent> sample) throws Exception {
    Configuration settings = new Configuration();
    DataStream<InboxRecord> inbox =
        environment()
            .fromData(
                InboxRecord.TYPE,
                sample.stream().map(SampleEvent::inbox).toArray(InboxRecord[]::new));
    return inbox
        .keyBy(InboxRecord::key, Types.STRING)
        .transform(
            "telemetry",
            OutputRecord.TYPE,
            TelemetryJob.operator(settings, TOPICS, BenchRules::book))
        .executeAndCollect(OUTPUTS_MAX);
  }

  private static List<OutputRecord> theirs(List<SampleEvent> sample) throws Exception {
    DataStream<Measured> measured =
        environment()
            .fromData(
                TypeInformation.of(Measured.class),
                SampleEvent.measured(sample).toArray(Measured[]::new))
            .assignTimestampsAndWatermarks(WindowsJob.watermarks());
    return WindowsJob.of(measured, TOPICS, BenchRules.POSSIBLE).executeAndCollect(OUTPUTS_MAX);
  }

  private static StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(1);
    return environment;
  }

  /** The newest of each window that the last events of the devices are not in. */
  private static Map<String, TelemetryStats> statistics(List<OutputRecord> written) {
    SingleObject codec = new SingleObject();
    Map<String, TelemetryStats> newest = new TreeMap<>();
    for (OutputRecord record : written) {
      if (record.topic().equals(Topic.TELEMETRY_STATS.text())) {
        TelemetryStats stats = codec.decode(record.value(), TelemetryStats.class);
        if (stats.getStart().isBefore(SampleEvent.LAST)) {
          newest.merge(
              new String(record.key(), java.nio.charset.StandardCharsets.UTF_8),
              stats,
              (one, other) -> one.getRevision() > other.getRevision() ? one : other);
        }
      }
    }
    return newest;
  }

  private static long count(List<OutputRecord> written, Topic topic) {
    return written.stream().filter(record -> record.topic().equals(topic.text())).count();
  }

  @Test
  void ofEveryWindowTheNumbersAreTheSame() {
    Map<String, TelemetryStats> peer = statistics(theirs);
    Map<String, TelemetryStats> own = statistics(ours);

    assertThat(own.keySet()).isEqualTo(peer.keySet());
    assertThat(own.values()).extracting(TelemetryStats::getWindow).contains("1m", "1h", "1d");
    assertThat(own.values()).anyMatch(stats -> stats.getCount() > 60);
    own.forEach((window, stats) -> same(window, stats, peer.get(window)));
  }

  private static void same(String window, TelemetryStats own, TelemetryStats peer) {
    assertThat(own.getCount()).as(window).isEqualTo(peer.getCount());
    assertThat(List.of(own.getMin(), own.getMax(), own.getLast()))
        .as(window)
        .isEqualTo(List.of(peer.getMin(), peer.getMax(), peer.getLast()));
    assertThat(List.of(own.getP50(), own.getP95(), own.getP99()))
        .as(window)
        .isEqualTo(List.of(peer.getP50(), peer.getP95(), peer.getP99()));
    close(window + " mean", own.getMean(), peer.getMean());
    close(window + " stddev", own.getStddev(), peer.getStddev());
  }

  /** They add up in different ways: sums of ours are exact, the peer's round each time. */
  private static void close(String what, double own, double peer) {
    assertThat(peer).as(what).isCloseTo(own, within(1e-9 * Math.abs(own) + 1e-12));
  }

  @Test
  void whatCannotBeIsRejectedByBothAndAllElseRecorded() {
    assertThat(count(ours, Topic.TELEMETRY_REJECTED))
        .isEqualTo(count(theirs, Topic.TELEMETRY_REJECTED))
        .isEqualTo(SampleEvent.IMPOSSIBLE);
    assertThat(count(ours, Topic.TELEMETRY_RECORDS))
        .isEqualTo(count(theirs, Topic.TELEMETRY_RECORDS))
        .isPositive();
  }
}
