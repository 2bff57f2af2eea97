// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.availability.AvailabilityRules;
import io.twinlog.domain.availability.AvailabilityState;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.domain.fleet.Fleet;
import io.twinlog.domain.fleet.FleetFact;
import io.twinlog.domain.fleet.FleetRules;
import io.twinlog.domain.fleet.FleetState;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.AggregateSettings;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SecondStageOperator;
import io.twinlog.flink.SecondStageSettings;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** How the device job is laid out: its inbox in, everything that it writes out. */
final class DeviceTopology {
  private DeviceTopology() {}

  /**
   * What the job writes.
   *
   * @param devices by the aggregates of devices
   * @param gathered by the second stages and the ledger
   */
  record Written(DataStream<OutputRecord> devices, DataStream<OutputRecord> gathered) {}

  static Written of(
      DataStream<SourceRecord> inbox, DeviceJobSettings settings, TopicDirectory topics) {
    StatefulTopology.Aggregated aggregated =
        StatefulTopology.aggregate(
            inbox, topics.entry(Topic.EVENTS_DOMAIN), DeviceJob.NAME, devices(settings, topics));
    SingleOutputStreamOperator<OutputRecord> devices = aggregated.outputs();
    DataStream<OutputRecord> availability =
        StatefulTopology.secondStage(
            devices, "device-availability", Notice::key, availability(settings, topics));
    DataStream<OutputRecord> fleet =
        StatefulTopology.secondStage(
                devices, "device-fleet", notice -> Fleet.KEY, fleet(settings, topics))
            .setParallelism(1);
    DataStream<OutputRecord> ledger =
        StatefulTopology.ledger(aggregated.tallies(), DeviceJob.NAME, topics);
    return new Written(devices, availability.union(fleet, ledger));
  }

  static AggregateOperator<DeviceState, DeviceVitals, DeviceCommand, DeviceEvent> devices(
      DeviceJobSettings settings, TopicDirectory topics) {
    TopicDirectory.Entry entry = topics.entry(Topic.EVENTS_DOMAIN);
    DeviceRules rules = settings.rules();
    AggregateSettings aggregate =
        new AggregateSettings(
            DeviceJob.NAME,
            entry.name(),
            entry.id(),
            settings.dedupeIds(),
            settings.dedupeHorizonMillis(),
            DeviceJobSettings.RESULTS_MAX,
            DeviceJobSettings.RESULTS_HORIZON_MILLIS,
            settings.cache(),
            settings.parking());
    List<String> labels = List.copyOf(settings.labels());
    return new AggregateOperator<>(() -> new DeviceBinding(rules, labels), aggregate, topics);
  }

  static SecondStageOperator<AvailabilityState, DeviceMove, AvailabilityState> availability(
      DeviceJobSettings settings, TopicDirectory topics) {
    AvailabilityRules rules = settings.availability();
    return new SecondStageOperator<>(
        () -> new AvailabilityBinding(rules), stage("availability", settings, topics), topics);
  }

  static SecondStageOperator<FleetState, DeviceMove, FleetFact> fleet(
      DeviceJobSettings settings, TopicDirectory topics) {
    FleetRules rules = settings.fleet();
    return new SecondStageOperator<>(
        () -> new FleetBinding(rules), stage("fleet", settings, topics), topics);
  }

  private static SecondStageSettings stage(
      String name, DeviceJobSettings settings, TopicDirectory topics) {
    return new SecondStageSettings(
        DeviceJob.NAME + "-" + name,
        topics.entry(Topic.EVENTS_DOMAIN).id(),
        settings.secondStageBuffer(),
        DeviceJobSettings.SECOND_STAGE_BUFFER.key());
  }
}
