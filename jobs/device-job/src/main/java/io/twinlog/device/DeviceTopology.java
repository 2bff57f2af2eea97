// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.device.DeviceRules;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.AggregateSettings;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import org.apache.flink.streaming.api.datastream.DataStream;

/** How the device job is laid out: its inbox in, everything that it writes out. */
final class DeviceTopology {
  private DeviceTopology() {}

  static DataStream<OutputRecord> of(
      DataStream<SourceRecord> inbox, DeviceJobSettings settings, TopicDirectory topics) {
    TopicDirectory.Entry entry = topics.entry(Topic.EVENTS_DOMAIN);
    DeviceRules rules = settings.rules();
    AggregateSettings aggregate =
        new AggregateSettings(
            "device",
            entry.name(),
            entry.id(),
            settings.dedupeIds(),
            settings.dedupeHorizonMillis(),
            DeviceJobSettings.RESULTS_MAX,
            DeviceJobSettings.RESULTS_HORIZON_MILLIS);
    return StatefulTopology.aggregate(
        inbox,
        "device",
        new AggregateOperator<>(() -> new DeviceBinding(rules), aggregate, topics));
  }
}
