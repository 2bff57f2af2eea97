// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The yardstick: the source and the sink of every job, and nothing between them. Key, value and
 * partition are passed on as they are; headers are not, which is the fastest that there is.
 */
final class Identity implements MapFunction<SourceRecord, OutputRecord> {
  static final String NAME = "identity";
  private static final long serialVersionUID = 1;

  private final String topic;

  private Identity(String topic) {
    this.topic = topic;
  }

  /** Copies one topic to another of as many partitions. */
  static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, String from, String to) {
    environment
        .fromSource(
            KafkaEnds.source(NAME, List.of(from), settings),
            WatermarkStrategy.noWatermarks(),
            "identity-source",
            SourceRecord.TYPE)
        .uid("identity-source")
        .map(new Identity(to))
        .returns(OutputRecord.TYPE)
        .name(NAME)
        .uid(NAME)
        .sinkTo(KafkaEnds.sink(NAME, settings))
        .name("identity-outputs")
        .uid("identity-outputs");
  }

  @Override
  public OutputRecord map(SourceRecord record) {
    return new OutputRecord(topic, record.partition(), record.key(), record.value(), List.of());
  }
}
