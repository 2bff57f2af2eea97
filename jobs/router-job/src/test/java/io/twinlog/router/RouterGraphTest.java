// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.LedgerTally;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.junit.jupiter.api.Test;

/** The order of a source partition in every inbox rests on this shape. */
class RouterGraphTest {
  private static StreamGraph graph() {
    Configuration settings = new Configuration();
    settings.set(KafkaOptions.BOOTSTRAP, "localhost:1");
    settings.set(CoreOptions.DEFAULT_PARALLELISM, 3);
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    RouterJob.layOut(environment, settings, RouterRig.TOPICS);
    return environment.getStreamGraph();
  }

  /** Beside the chain stands the ledger: tallies, in whose order nobody is interested. */
  private static boolean isLedger(String name) {
    return name.contains("router-ledger");
  }

  @Test
  void isOneChainFromSourceToSink() {
    List<JobVertex> vertices =
        graph().getJobGraph().getVerticesSortedTopologicallyFromSources().stream()
            .filter(vertex -> !isLedger(vertex.getName()))
            .toList();

    assertThat(vertices).hasSize(1);
    assertThat(vertices.get(0).getParallelism()).isEqualTo(3);
  }

  @Test
  void hasForwardEdgesOnlyBesideTheTallies() {
    List<StreamEdge> edges =
        graph().getStreamNodes().stream()
            .flatMap(node -> node.getOutEdges().stream())
            .filter(edge -> !LedgerTally.TALLIES.equals(edge.getOutputTag()))
            .toList();

    assertThat(edges)
        .isNotEmpty()
        .allMatch(edge -> edge.getPartitioner() instanceof ForwardPartitioner);
  }

  @Test
  void hasOneSourceAndOneSinkBesideTheLedgers() {
    StreamGraph graph = graph();
    List<StreamNode> chain =
        graph.getStreamNodes().stream().filter(node -> !isLedger(node.getOperatorName())).toList();

    assertThat(graph.getSourceIDs()).hasSize(1);
    assertThat(chain)
        .extracting(StreamNode::getOperatorName)
        .filteredOn(name -> name.contains("Writer"))
        .hasSize(1);
    assertThat(chain)
        .allMatch(
            node ->
                node.getOutEdges().stream().filter(edge -> edge.getOutputTag() == null).count()
                    <= 1);
  }
}
