// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import io.twinlog.benchmarks.peers.RangeCheck.Span;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.WindowSize;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * Statistics of telemetry with Flink's own windows, as its documentation teaches them: events in,
 * per device and metric a tumbling window of a minute, an hour and a day, summed up incrementally.
 * The numbers are those of the telemetry job. What it leaves out of that job:
 * docs/benchmarks/README.md.
 */
public final class WindowsJob {
  /** When windows close, and how long late events still change them: as in the telemetry job. */
  private static final Duration LATENESS =
      Duration.ofMillis(QualityRules.Statistics.DEFAULT.lateness());

  private static final Duration KEPT = Duration.ofMillis(QualityRules.Statistics.DEFAULT.keep());

  private WindowsJob() {}

  /**
   * Lays it out over topics that exist.
   *
   * @param possible bounds of metrics; those that are not in it are not checked
   */
  public static void layOut(
      StreamExecutionEnvironment environment,
      ReadableConfig settings,
      TopicDirectory topics,
      Map<String, Span> possible) {
    KafkaSource<Measured> source =
        KafkaSource.<Measured>builder()
            .setBootstrapServers(settings.get(KafkaOptions.BOOTSTRAP))
            .setTopics(topics.entry(Topic.EVENTS_DOMAIN).name())
            .setGroupId(settings.get(KafkaOptions.PREFIX) + "windows")
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("partition.discovery.interval.ms", "-1")
            .setDeserializer(new EventReading())
            .build();
    DataStream<Measured> measured =
        environment
            .fromSource(source, watermarks(), "windows-source", TypeInformation.of(Measured.class))
            .uid("windows-source");
    of(measured, topics, possible)
        .sinkTo(KafkaEnds.sink("windows", settings))
        .name("windows-outputs")
        .uid("windows-outputs");
  }

  /** Events are in order but for so much. */
  static WatermarkStrategy<Measured> watermarks() {
    return WatermarkStrategy.<Measured>forBoundedOutOfOrderness(LATENESS)
        .withTimestampAssigner((measured, timestamp) -> measured.time());
  }

  /** What was measured, with event times and watermarks, in; all that is written out. */
  static DataStream<OutputRecord> of(
      DataStream<Measured> measured, TopicDirectory topics, Map<String, Span> possible) {
    SingleOutputStreamOperator<Reading> readings =
        measured
            .process(new RangeCheck(possible, topics), TypeInformation.of(Reading.class))
            .name("windows-range")
            .uid("windows-range");
    KeyedStream<Reading, Tuple2<String, String>> byMetric =
        readings.keyBy(
            reading -> Tuple2.of(reading.device(), reading.metric()),
            Types.TUPLE(Types.STRING, Types.STRING));
    DataStream<OutputRecord> written = readings.getSideOutput(RangeCheck.RECORDS);
    for (WindowSize size : WindowSize.values()) {
      written = written.union(statistics(byMetric, size, topics.entry(Topic.TELEMETRY_STATS)));
    }
    return written;
  }

  private static DataStream<OutputRecord> statistics(
      KeyedStream<Reading, Tuple2<String, String>> byMetric,
      WindowSize size,
      TopicDirectory.Entry topic) {
    TypeInformation<Sums> sums = Types.POJO(Sums.class);
    String uid = "windows-" + size.text();
    return byMetric
        .window(TumblingEventTimeWindows.of(Duration.ofMillis(size.millis())))
        .allowedLateness(KEPT)
        .aggregate(new Summing(), new Telling(size.text(), topic), sums, sums, OutputRecord.TYPE)
        .name(uid)
        .uid(uid);
  }
}
