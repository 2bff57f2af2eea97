// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.device.DeviceJob;
import io.twinlog.domain.fleet.Fleet;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.service.ServiceJob;
import io.twinlog.telemetry.TelemetryJob;
import io.twinlog.wire.Topic;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The real operators of a job, new ones for each subtask.
 *
 * @param inbox that it reads
 * @param stages behind the aggregate
 */
record SimulatedOperators(
    Topic inbox,
    Supplier<OneInputStreamOperator<InboxRecord, OutputRecord>> aggregate,
    List<Stage> stages) {
  /**
   * A second stage.
   *
   * @param alone whether it has one subtask, whatever the parallelism; else it is keyed as told
   */
  record Stage(
      Supplier<OneInputStreamOperator<Notice, OutputRecord>> operator,
      KeySelector<Notice, String> key,
      boolean alone) {
    String keyOf(Notice notice) {
      try {
        return key.getKey(notice);
      } catch (Exception e) {
        throw new IllegalStateException("a notice has no key", e);
      }
    }
  }

  static SimulatedOperators ofDeviceJob(Configuration settings, TopicDirectory topics) {
    return new SimulatedOperators(
        Topic.EVENTS_DOMAIN,
        () -> DeviceJob.operators(settings, topics).aggregate(),
        List.of(
            new Stage(
                () -> DeviceJob.operators(settings, topics).availability(), Notice::key, false),
            new Stage(
                () -> DeviceJob.operators(settings, topics).fleet(), notice -> Fleet.KEY, true)));
  }

  static SimulatedOperators ofTelemetryJob(
      Configuration settings, TelemetrySetting rules, TopicDirectory topics) {
    return new SimulatedOperators(
        Topic.EVENTS_DOMAIN, () -> TelemetryJob.operator(settings, topics, rules::book), List.of());
  }

  static SimulatedOperators ofServiceJob(Configuration settings, TopicDirectory topics) {
    return new SimulatedOperators(
        Topic.EVENTS_SYSTEM,
        () -> ServiceJob.operators(settings, topics).services(),
        List.of(
            new Stage(
                () -> ServiceJob.operators(settings, topics).endpoints(),
                ServiceJob::nameOf,
                false)));
  }
}
