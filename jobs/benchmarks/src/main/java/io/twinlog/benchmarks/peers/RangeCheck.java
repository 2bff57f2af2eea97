// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.Topic;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Splits what was measured: its record to {@code telemetry.records} and its numbers on, or, where
 * one of them cannot be, its record to {@code telemetry.rejected} and no more.
 */
public final class RangeCheck extends ProcessFunction<Measured, Reading> {
  static final OutputTag<OutputRecord> RECORDS = new OutputTag<>("records", OutputRecord.TYPE);
  private static final long serialVersionUID = 1;

  private final Map<String, Span> possible;
  private final TopicDirectory topics;

  /** What a metric can be. */
  public record Span(double least, double most) implements Serializable {
    private static final long serialVersionUID = 1;

    boolean holds(double value) {
      return value >= least && value <= most;
    }
  }

  RangeCheck(Map<String, Span> possible, TopicDirectory topics) {
    this.possible = possible;
    this.topics = topics;
  }

  @Override
  public void processElement(Measured measured, Context context, Collector<Reading> out) {
    if (!isPossible(measured)) {
      context.output(RECORDS, record(Topic.TELEMETRY_REJECTED, measured));
      return;
    }
    context.output(RECORDS, record(Topic.TELEMETRY_RECORDS, measured));
    for (int i = 0; i < measured.metrics().length; i++) {
      out.collect(
          new Reading(
              measured.device(), measured.metrics()[i], measured.values()[i], measured.time()));
    }
  }

  private boolean isPossible(Measured measured) {
    for (int i = 0; i < measured.metrics().length; i++) {
      Span span = possible.get(measured.metrics()[i]);
      if (span != null && !span.holds(measured.values()[i])) {
        return false;
      }
    }
    return true;
  }

  private OutputRecord record(Topic topic, Measured measured) {
    TopicDirectory.Entry entry = topics.entry(topic);
    byte[] key = measured.device().getBytes(StandardCharsets.UTF_8);
    return new OutputRecord(
        entry.name(), Partitions.of(key, entry.partitions()), key, measured.record(), List.of());
  }
}
