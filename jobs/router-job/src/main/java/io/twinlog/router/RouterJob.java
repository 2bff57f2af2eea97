// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.LedgerTally;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.middleware.MiddlewareChain;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The router job: validates, classifies and dead-letters what arrives. One chain of source, router
 * and sink, without a shuffle, so that the order of a source partition is kept in every inbox.
 * Runbook: docs/jobs/router.md.
 */
public final class RouterJob implements Job {
  static final String NAME = "router";

  /** All that it reads and writes. */
  static final List<Topic> TOPICS =
      List.of(
          Topic.INGRESS,
          Topic.COMMANDS,
          Topic.EVENTS_DOMAIN,
          Topic.EVENTS_SYSTEM,
          Topic.EVENTS_ERROR,
          Topic.EVENTS_USER,
          Topic.EVENTS_INTEGRATION,
          Topic.COMMAND_RESULTS,
          Topic.LEDGER,
          Topic.DEAD_LETTERS);

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new RouterJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return RouterSettings.ALL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    Catalogue.installed(RouterSettings.of(settings).strictCatalogue());
    MiddlewareChain.load(RouterJob.class.getClassLoader());
    Handlers.load(RouterJob.class.getClassLoader());
    layOut(environment, settings, TopicChecks.run(settings, TOPICS));
  }

  /** Lays the job out over topics that were checked; talks to no broker. */
  public static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics) {
    List<String> sources = Topic.SOURCES.stream().map(topic -> topics.entry(topic).name()).toList();
    DataStream<SourceRecord> source =
        environment
            .fromSource(
                KafkaEnds.source(NAME, sources, settings),
                WatermarkStrategy.noWatermarks(),
                "router-source",
                SourceRecord.TYPE)
            .uid("router-source");
    SingleOutputStreamOperator<OutputRecord> routed =
        topology(source, RouterSettings.of(settings), topics);
    routed.sinkTo(KafkaEnds.sink(NAME, settings)).name("router-outputs").uid("router-outputs");
    // Beside the chain, as it reorders; and it may, as nobody's order rests on it.
    StatefulTopology.ledger(routed.getSideOutput(LedgerTally.TALLIES), NAME, topics)
        .sinkTo(KafkaEnds.sink(NAME + "-ledger", settings))
        .setParallelism(1)
        .name("router-ledger-outputs")
        .uid("router-ledger-outputs");
  }

  /** Source records in, everything that the router writes out. */
  static SingleOutputStreamOperator<OutputRecord> topology(
      DataStream<SourceRecord> source, RouterSettings settings, TopicDirectory topics) {
    return source
        .transform("router", OutputRecord.TYPE, new RouterOperator(settings, topics))
        .name("router")
        .uid("router");
  }

  /** The operator of the job by itself, to be driven without a cluster. */
  public static OneInputStreamOperator<SourceRecord, OutputRecord> operator(
      ReadableConfig settings, TopicDirectory topics) {
    return new RouterOperator(RouterSettings.of(settings), topics);
  }
}
