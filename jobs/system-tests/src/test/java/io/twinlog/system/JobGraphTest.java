// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.clock.ClockJob;
import io.twinlog.device.DeviceJob;
import io.twinlog.escalation.EscalationJob;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.notifier.NotifierJob;
import io.twinlog.router.RouterJob;
import io.twinlog.service.ServiceJob;
import io.twinlog.telemetry.TelemetryJob;
import io.twinlog.wire.LedgerKeeper;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * Every job is laid out under the strict settings, which refuse missing or double uids and every
 * type that Flink would have to guess, and its uids are those that were released: state is found by
 * them. No broker is asked.
 */
class JobGraphTest {
  private static final Path RELEASED = Repository.ROOT.resolve("schemas/released");
  private static final List<String> RELEASES = List.of("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0");

  private static final TopicDirectory TOPICS =
      new TopicDirectory(
          Arrays.stream(Topic.values())
              .collect(
                  Collectors.toMap(
                      Topic::text,
                      topic ->
                          new TopicDirectory.Entry(
                              topic.in("twinlog."), "id-of-" + topic.text(), 4))));

  /** How a job is laid out without a broker. */
  private interface Layout {
    void layOut(
        StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics);
  }

  private static final List<Layout> JOBS =
      List.of(
          (environment, settings, topics) -> ClockJob.layOut(environment, settings),
          RouterJob::layOut,
          DeviceJob::layOut,
          TelemetryJob::layOut,
          ServiceJob::layOut,
          EscalationJob::layOut,
          NotifierJob::layOut);

  private static StreamGraph graph(Layout job) {
    Configuration settings = new Configuration();
    settings.set(KafkaOptions.BOOTSTRAP, "localhost:1");
    settings.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    job.layOut(environment, settings, TOPICS);
    return environment.getStreamGraph();
  }

  private static List<String> uids() {
    List<String> uids = new ArrayList<>();
    for (Layout job : JOBS) {
      graph(job).getStreamNodes().stream().map(StreamNode::getTransformationUID).forEach(uids::add);
    }
    return uids;
  }

  private static List<String> released(String version) throws IOException {
    return Files.readAllLines(RELEASED.resolve(version + "/uids.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @Test
  void eachJobMakesAJobGraphUnderTheStrictSettings() {
    for (Layout job : JOBS) {
      assertThat(graph(job).getJobGraph().getMaximumParallelism()).isBetween(1, 2);
    }
  }

  @Test
  void uidsAreThoseThatWereReleased() throws IOException {
    for (String version : RELEASES) {
      assertThat(uids()).as(version).containsAll(released(version));
    }
    String newest = RELEASES.get(RELEASES.size() - 1);
    assertThat(uids()).containsExactlyInAnyOrderElementsOf(released(newest));
  }

  @Test
  void uidsAreUniqueOverAllJobs() {
    assertThat(uids()).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void theCheckOfTheLedgerKnowsEveryJobThatKeepsOne() {
    String suffix = "-ledger";
    List<String> keepers =
        uids().stream()
            .filter(uid -> uid.endsWith(suffix))
            .map(uid -> uid.substring(0, uid.length() - suffix.length()))
            .toList();

    assertThat(Arrays.stream(LedgerKeeper.values()).map(LedgerKeeper::job))
        .containsExactlyInAnyOrderElementsOf(keepers);
  }

  /** Nothing may come between source and sink of the router that reorders. */
  @Test
  void theRouterIsOneChainWithTheLedgerBeside() {
    assertThat(vertices(RouterJob::layOut))
        .extracting(JobVertex::getName)
        .hasSize(2)
        .anyMatch(name -> name.contains("router-source") && name.contains("router-outputs"));
  }

  /** Reader, aggregate with its sink; behind them second stages, ledger, and their one sink. */
  @Test
  void theDevicesSinkIsInTheChainOfTheirAggregate() {
    assertThat(vertices(DeviceJob::layOut))
        .extracting(JobVertex::getName)
        .hasSize(6)
        .anyMatch(name -> name.contains("device-aggregate") && name.contains("device-outputs"));
  }

  /** Reader, aggregate with its sink, ledger with its own. */
  @Test
  void theSinkOfTelemetryIsInTheChainOfItsAggregate() {
    assertThat(vertices(TelemetryJob::layOut))
        .extracting(JobVertex::getName)
        .hasSize(3)
        .anyMatch(
            name -> name.contains("telemetry-aggregate") && name.contains("telemetry-outputs"));
  }

  /**
   * Reader, aggregate with its sink; behind them the endpoints and the ledger with their one sink.
   */
  @Test
  void theSinkOfServicesIsInTheChainOfTheirAggregate() {
    assertThat(vertices(ServiceJob::layOut))
        .extracting(JobVertex::getName)
        .hasSize(5)
        .anyMatch(name -> name.contains("service-aggregate") && name.contains("service-outputs"));
  }

  /** Reader; alerts with their sink; silences, muting, groups, the ledger, and their one sink. */
  @Test
  void theSinkOfAlertsIsInTheChainOfTheirAggregate() {
    assertThat(vertices(EscalationJob::layOut))
        .extracting(JobVertex::getName)
        .hasSize(7)
        .anyMatch(
            name -> name.contains("escalation-aggregate") && name.contains("escalation-outputs"));
  }

  private static List<JobVertex> vertices(Layout job) {
    return graph(job).getJobGraph().getVerticesSortedTopologicallyFromSources();
  }

  /** Its operators are chained to their source: the reader's marks are of what its source read. */
  @Test
  void theReaderStandsInTheChainOfItsSource() {
    assertThat(vertices(DeviceJob::layOut).get(0).getName())
        .contains("device-inbox", "device-reader")
        .doesNotContain("device-aggregate");
  }
}
