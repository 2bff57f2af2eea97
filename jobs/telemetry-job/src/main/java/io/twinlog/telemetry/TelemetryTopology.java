// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.TelemetryStep;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.AggregateSettings;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.flink.UserExtensions;
import io.twinlog.wire.Topic;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.function.SerializableSupplier;

/** How the telemetry job is laid out: its inbox in, everything that it writes out. */
final class TelemetryTopology {
  private TelemetryTopology() {}

  /**
   * What the job writes.
   *
   * @param telemetry of devices
   * @param ledger a few records at each checkpoint
   */
  record Written(DataStream<OutputRecord> telemetry, DataStream<OutputRecord> ledger) {}

  static Written of(
      DataStream<SourceRecord> inbox,
      TelemetryJobSettings settings,
      TopicDirectory topics,
      SerializableSupplier<RuleBook> rules) {
    StatefulTopology.Aggregated aggregated =
        StatefulTopology.aggregate(
            inbox,
            topics.entry(Topic.EVENTS_DOMAIN),
            TelemetryJob.NAME,
            telemetry(settings, topics, rules));
    return new Written(
        aggregated.outputs(),
        StatefulTopology.ledger(aggregated.tallies(), TelemetryJob.NAME, topics));
  }

  static AggregateOperator<String, TelemetryVitals, TelemetryCommand, TelemetryStep> telemetry(
      TelemetryJobSettings settings, TopicDirectory topics, SerializableSupplier<RuleBook> rules) {
    TopicDirectory.Entry entry = topics.entry(Topic.EVENTS_DOMAIN);
    TelemetryLimits limits = settings.limits();
    AggregateSettings aggregate =
        new AggregateSettings(
            TelemetryJob.NAME,
            entry.name(),
            entry.id(),
            settings.dedupeIds(),
            settings.dedupeHorizonMillis(),
            TelemetryJobSettings.RESULTS_MAX,
            TelemetryJobSettings.RESULTS_HORIZON_MILLIS,
            settings.cache(),
            settings.parking());
    return new AggregateOperator<>(
        () -> new TelemetryBinding(rules.get(), limits, checks()), aggregate, topics);
  }

  /** Flink sets the class loader of the user's code while it opens an operator. */
  private static QualityChecks checks() {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    return UserExtensions.sound(() -> QualityChecks.load(classes));
  }
}
