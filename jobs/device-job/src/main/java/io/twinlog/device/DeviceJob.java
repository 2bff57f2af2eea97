// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.fleet.Fleet;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** The device job: one event-sourced aggregate per device. Runbook: docs/jobs/device.md. */
public final class DeviceJob implements Job {
  static final String NAME = "device";

  /** All that it reads and writes. */
  public static final List<Topic> TOPICS =
      List.of(
          Topic.EVENTS_DOMAIN,
          Topic.DEVICE_LOG,
          Topic.DEVICE_STATE,
          Topic.DEVICE_SNAPSHOTS,
          Topic.DEVICE_STATUS,
          Topic.DEVICE_DOWNLINK,
          Topic.DEVICE_AVAILABILITY,
          Topic.FLEET_COUNTS,
          Topic.EVENTS_ERROR,
          Topic.COMMAND_RESULTS,
          Topic.PARKED,
          Topic.LEDGER,
          Topic.DEAD_LETTERS);

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new DeviceJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return DeviceJobSettings.WITH_SHELL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    DeviceJobSettings.of(settings);
    Catalogue.installed(false);
    Handlers.load(DeviceJob.class.getClassLoader());
    layOut(environment, settings, TopicChecks.run(settings, TOPICS));
  }

  /** Lays the job out over topics that were checked; talks to no broker. */
  public static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics) {
    DataStream<SourceRecord> inbox =
        StatefulTopology.inbox(environment, NAME, topics.entry(Topic.EVENTS_DOMAIN), settings);
    DeviceTopology.Written written =
        DeviceTopology.of(inbox, DeviceJobSettings.of(settings), topics);
    // A sink of its own: united with the few records of the second stages, the devices' many would
    // cross from task to task.
    KafkaEnds.write(written.devices(), "device-outputs", NAME, settings);
    KafkaEnds.write(written.gathered(), "device-gathered-outputs", NAME + "-gathered", settings);
  }

  /**
   * The operators of the job by themselves, to be driven without a cluster.
   *
   * @param aggregate behind an inbox reader, keyed by {@link InboxRecord#key()}; tells the others
   *     through {@link AggregateOperator#NOTICES}
   * @param availability keyed by {@link Notice#key()}
   * @param fleet keyed by {@link Fleet#KEY} alone
   */
  public record Operators(
      OneInputStreamOperator<InboxRecord, OutputRecord> aggregate,
      OneInputStreamOperator<Notice, OutputRecord> availability,
      OneInputStreamOperator<Notice, OutputRecord> fleet) {}

  /** New operators with these settings. */
  public static Operators operators(ReadableConfig settings, TopicDirectory topics) {
    DeviceJobSettings typed = DeviceJobSettings.of(settings);
    return new Operators(
        DeviceTopology.devices(typed, topics),
        DeviceTopology.availability(typed, topics),
        DeviceTopology.fleet(typed, topics));
  }
}
