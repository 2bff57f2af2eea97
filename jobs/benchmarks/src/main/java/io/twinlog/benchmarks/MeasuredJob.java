// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.benchmarks.peers.WindowsJob;
import io.twinlog.device.DeviceJob;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.escalation.EscalationJob;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.router.RouterJob;
import io.twinlog.service.ServiceJob;
import io.twinlog.telemetry.TelemetryJob;
import io.twinlog.wire.Topic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The job of a plan as Flink runs it: laid out by itself, with the settings of deploy/config. Only
 * where it lives is changed, and that a failure is one: nothing restarts.
 */
final class MeasuredJob {
  private final HostPlan plan;

  MeasuredJob(HostPlan plan) {
    this.plan = plan;
  }

  /** A new run of it, without state. */
  JobGraph graph() {
    Configuration settings = settings();
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    TopicDirectory topics = topics();
    switch (plan.kind()) {
      case IDENTITY_JSON -> identity(environment, settings, Topic.INGRESS);
      case IDENTITY_AVRO -> identity(environment, settings, Topic.EVENTS_DOMAIN);
      case IDENTITY_SERVICES -> identity(environment, settings, Topic.EVENTS_SYSTEM);
      case IDENTITY_ERRORS -> identity(environment, settings, Topic.EVENTS_ERROR);
      case SERVICE -> ServiceJob.layOut(environment, settings, topics);
      case ESCALATION ->
          EscalationJob.layOut(environment, settings, topics, () -> RuleBook.of(RuleSet.DEFAULT));
      case ROUTER -> RouterJob.layOut(environment, settings, topics);
      case DEVICE -> DeviceJob.layOut(environment, settings, topics);
      case TELEMETRY -> TelemetryJob.layOut(environment, settings, topics, BenchRules::book);
      case WINDOWS -> WindowsJob.layOut(environment, settings, topics, BenchRules.POSSIBLE);
    }
    StreamGraph stream = environment.getStreamGraph();
    stream.setJobName(plan.own() + plan.kind());
    return stream.getJobGraph();
  }

  private void identity(
      StreamExecutionEnvironment environment, Configuration settings, Topic topic) {
    Identity.layOut(
        environment, settings, topic.in(plan.source()), Topic.EVENTS_DOMAIN.in(plan.own()));
  }

  /** Identity has the settings of the router: source and sink have the same in every job. */
  private Configuration settings() {
    String job =
        switch (plan.kind()) {
          case IDENTITY_JSON, IDENTITY_AVRO, IDENTITY_SERVICES, IDENTITY_ERRORS, ROUTER -> "router";
          case ESCALATION -> "escalation";
          case SERVICE -> "service";
          case DEVICE -> "device";
          case TELEMETRY, WINDOWS -> "telemetry";
        };
    Configuration settings = JobMain.load(Path.of(plan.config(), job));
    Path directory = Path.of(plan.directory());
    settings.set(KafkaOptions.BOOTSTRAP, plan.bootstrap());
    settings.set(KafkaOptions.PREFIX, plan.own());
    settings.set(CoreOptions.DEFAULT_PARALLELISM, plan.parallelism());
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve(JobHost.CHECKPOINTS).toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (plan.kind() == BenchCase.Kind.TELEMETRY) {
      // All subtasks of the job are in this JVM: together they take half of its heap.
      long bytes = Runtime.getRuntime().maxMemory() / 2 / plan.parallelism();
      settings.setString("cache.size", bytes + " bytes");
    }
    return settings;
  }

  /** What it reads is in one set of topics, what it writes goes to another. */
  private TopicDirectory topics() {
    TopicDirectory own = BenchTopics.create(plan.bootstrap(), plan.own());
    if (plan.own().equals(plan.source())) {
      return own;
    }
    TopicDirectory source = BenchTopics.create(plan.bootstrap(), plan.source());
    Map<String, TopicDirectory.Entry> entries = new HashMap<>(own.entries());
    plan.kind().reads().forEach(topic -> entries.put(topic.text(), source.entry(topic)));
    return new TopicDirectory(entries);
  }
}
