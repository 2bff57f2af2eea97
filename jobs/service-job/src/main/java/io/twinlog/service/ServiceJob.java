// SPDX-License-Identifier: Apache-2.0
package io.twinlog.service;

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

/**
 * The service job: one event-sourced aggregate per instance of a service, and the endpoints of each
 * name. Runbook: docs/jobs/service.md.
 */
public final class ServiceJob implements Job {
  static final String NAME = "service";

  /** All that it reads and writes. */
  public static final List<Topic> TOPICS =
      List.of(
          Topic.EVENTS_SYSTEM,
          Topic.SERVICE_LOG,
          Topic.SERVICE_REGISTRY,
          Topic.SERVICE_ENDPOINTS,
          Topic.EVENTS_ERROR,
          Topic.COMMAND_RESULTS,
          Topic.PARKED,
          Topic.LEDGER,
          Topic.DEAD_LETTERS);

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new ServiceJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return ServiceJobSettings.WITH_SHELL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    ServiceJobSettings.of(settings);
    Catalogue.installed(false);
    Handlers.load(ServiceJob.class.getClassLoader());
    layOut(environment, settings, TopicChecks.run(settings, TOPICS));
  }

  /** Lays the job out over topics that were checked; talks to no broker. */
  public static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics) {
    DataStream<SourceRecord> inbox =
        StatefulTopology.inbox(environment, NAME, topics.entry(Topic.EVENTS_SYSTEM), settings);
    ServiceTopology.Written written =
        ServiceTopology.of(inbox, ServiceJobSettings.of(settings), topics);
    KafkaEnds.write(written.services(), "service-outputs", NAME, settings);
    KafkaEnds.write(written.gathered(), "service-gathered-outputs", NAME + "-gathered", settings);
  }

  /**
   * The job's operators alone, for a simulation that stands in for the cluster.
   *
   * @param services by instance
   * @param endpoints second stage, by {@link #nameOf}
   */
  public record Operators(
      OneInputStreamOperator<InboxRecord, OutputRecord> services,
      OneInputStreamOperator<Notice, OutputRecord> endpoints) {}

  /** New operators with these settings. */
  public static Operators operators(ReadableConfig settings, TopicDirectory topics) {
    ServiceJobSettings typed = ServiceJobSettings.of(settings);
    return new Operators(
        ServiceTopology.services(typed, topics), ServiceTopology.endpoints(typed, topics));
  }

  /** The name of the service that a notice is for. */
  public static String nameOf(Notice notice) {
    return EndpointsBinding.name(notice);
  }
}
