// SPDX-License-Identifier: Apache-2.0
package io.twinlog.service;

import io.twinlog.domain.service.EndpointsFact;
import io.twinlog.domain.service.EndpointsRules;
import io.twinlog.domain.service.EndpointsState;
import io.twinlog.domain.service.ServiceEvent;
import io.twinlog.domain.service.ServiceMove;
import io.twinlog.domain.service.ServiceReport;
import io.twinlog.domain.service.ServiceRules;
import io.twinlog.domain.service.ServiceState;
import io.twinlog.domain.service.ServiceVitals;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.AggregateSettings;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SecondStageOperator;
import io.twinlog.flink.SecondStageSettings;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;

/** How the service job is laid out: its inbox in, everything that it writes out. */
final class ServiceTopology {
  /** Nobody commands services; what others put into the inbox is answered nevertheless. */
  private static final int RESULTS_MAX = 32;

  private static final long RESULTS_HORIZON_MILLIS = Duration.ofHours(24).toMillis();

  private ServiceTopology() {}

  /**
   * What the job writes.
   *
   * @param services by the aggregates of instances
   * @param gathered by the second stage and the ledger
   */
  record Written(DataStream<OutputRecord> services, DataStream<OutputRecord> gathered) {}

  static Written of(
      DataStream<SourceRecord> inbox, ServiceJobSettings settings, TopicDirectory topics) {
    StatefulTopology.Aggregated aggregated =
        StatefulTopology.aggregate(
            inbox, topics.entry(Topic.EVENTS_SYSTEM), ServiceJob.NAME, services(settings, topics));
    DataStream<OutputRecord> endpoints =
        StatefulTopology.secondStage(
            aggregated.outputs(),
            "service-endpoints",
            EndpointsBinding::name,
            endpoints(settings, topics));
    DataStream<OutputRecord> ledger =
        StatefulTopology.ledger(aggregated.tallies(), ServiceJob.NAME, topics);
    return new Written(aggregated.outputs(), endpoints.union(ledger));
  }

  static AggregateOperator<ServiceState, ServiceVitals, ServiceReport, ServiceEvent> services(
      ServiceJobSettings settings, TopicDirectory topics) {
    TopicDirectory.Entry entry = topics.entry(Topic.EVENTS_SYSTEM);
    ServiceRules rules = settings.rules();
    AggregateSettings aggregate =
        new AggregateSettings(
            ServiceJob.NAME,
            entry.name(),
            entry.id(),
            settings.dedupeIds(),
            settings.dedupeHorizonMillis(),
            RESULTS_MAX,
            RESULTS_HORIZON_MILLIS,
            settings.cache(),
            settings.parking());
    return new AggregateOperator<>(() -> new ServiceBinding(rules), aggregate, topics);
  }

  static SecondStageOperator<EndpointsState, ServiceMove, EndpointsFact> endpoints(
      ServiceJobSettings settings, TopicDirectory topics) {
    EndpointsRules rules = settings.endpoints();
    SecondStageSettings stage =
        new SecondStageSettings(
            ServiceJob.NAME + "-endpoints",
            topics.entry(Topic.EVENTS_SYSTEM).id(),
            settings.secondStageBuffer(),
            ServiceJobSettings.SECOND_STAGE_BUFFER.key());
    return new SecondStageOperator<>(() -> new EndpointsBinding(rules), stage, topics);
  }
}
