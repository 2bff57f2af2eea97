// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.LedgerTally;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.RulesOptions;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.rules.log.RuleBooks;
import io.twinlog.rules.log.RuleLogSettings;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.middleware.MiddlewareChain;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.execution.SuppressRestartsException;
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
          Topic.RULES,
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
        topology(source, new RouterOperator(RouterSettings.of(settings), topics, books(settings)));
    routed.sinkTo(KafkaEnds.sink(NAME, settings)).name("router-outputs").uid("router-outputs");
    // Beside the chain, as it reorders; and it may, as nobody's order rests on it.
    StatefulTopology.ledger(routed.getSideOutput(LedgerTally.TALLIES), NAME, topics)
        .sinkTo(KafkaEnds.sink(NAME + "-ledger", settings))
        .setParallelism(1)
        .name("router-ledger-outputs")
        .uid("router-ledger-outputs");
  }

  private static RuleBooks books(ReadableConfig settings) {
    return RuleBooks.ofLog(
        RuleLogSettings.of(KafkaEnds.connection(settings), settings.get(KafkaOptions.PREFIX)),
        settings.get(RulesOptions.WAIT),
        SuppressRestartsException::new);
  }

  /** Source records in, everything that the router writes out. */
  static SingleOutputStreamOperator<OutputRecord> topology(
      DataStream<SourceRecord> source, RouterOperator operator) {
    return source.transform("router", OutputRecord.TYPE, operator).name("router").uid("router");
  }

  /** The operator of the job by itself, to be driven without a cluster, under one set of rules. */
  public static OneInputStreamOperator<SourceRecord, OutputRecord> operator(
      ReadableConfig settings, TopicDirectory topics) {
    return operator(settings, topics, RuleBooks.ofBase());
  }

  /** The same, with rules from somewhere. */
  public static OneInputStreamOperator<SourceRecord, OutputRecord> operator(
      ReadableConfig settings, TopicDirectory topics, RuleBooks books) {
    return new RouterOperator(RouterSettings.of(settings), topics, books);
  }
}
