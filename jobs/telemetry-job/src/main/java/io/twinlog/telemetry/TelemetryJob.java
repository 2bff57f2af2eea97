// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.KafkaOptions;
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
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The telemetry job: judges what devices measure, and what it comes to. Runbook:
 * docs/jobs/telemetry.md.
 */
public final class TelemetryJob implements Job {
  static final String NAME = "telemetry";

  /** All that it reads and writes. */
  public static final List<Topic> TOPICS =
      List.of(
          Topic.EVENTS_DOMAIN,
          Topic.RULES,
          Topic.TELEMETRY_RECORDS,
          Topic.TELEMETRY_REJECTED,
          Topic.TELEMETRY_STATS,
          Topic.TELEMETRY_LATEST,
          Topic.EVENTS_ERROR,
          Topic.INGRESS,
          Topic.COMMANDS,
          Topic.COMMAND_RESULTS,
          Topic.PARKED,
          Topic.LEDGER,
          Topic.DEAD_LETTERS);

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new TelemetryJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return TelemetryJobSettings.WITH_SHELL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    TelemetryJobSettings.of(settings);
    ClassLoader classes = TelemetryJob.class.getClassLoader();
    Catalogue.installed(false);
    Handlers.load(classes);
    QualityChecks.load(classes);
    layOut(environment, settings, TopicChecks.run(settings, TOPICS));
  }

  /** Lays the job out over topics that were checked; talks to no broker. */
  public static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics) {
    RuleBooks books =
        RuleBooks.ofLog(
            RuleLogSettings.of(KafkaEnds.connection(settings), settings.get(KafkaOptions.PREFIX)),
            settings.get(RulesOptions.WAIT),
            SuppressRestartsException::new);
    layOut(environment, settings, topics, () -> books.open(RuleSet.DEFAULT));
  }

  /** The same, by the rules of a book. */
  public static void layOut(
      StreamExecutionEnvironment environment,
      ReadableConfig settings,
      TopicDirectory topics,
      SerializableSupplier<RuleBook> rules) {
    DataStream<SourceRecord> inbox =
        StatefulTopology.inbox(environment, NAME, topics.entry(Topic.EVENTS_DOMAIN), settings);
    TelemetryTopology.Written written =
        TelemetryTopology.of(inbox, TelemetryJobSettings.of(settings), topics, rules);
    // A sink of its own for what is much: united with the ledger's few records, it would cross from
    // task to task.
    KafkaEnds.write(written.telemetry(), "telemetry-outputs", NAME, settings);
    KafkaEnds.write(written.ledger(), "telemetry-ledger-outputs", NAME + "-ledger", settings)
        .setParallelism(1);
  }

  /**
   * The operator of the job by itself, to be driven without a cluster: behind an inbox reader,
   * keyed by {@link InboxRecord#key()}.
   */
  public static OneInputStreamOperator<InboxRecord, OutputRecord> operator(
      ReadableConfig settings, TopicDirectory topics, SerializableSupplier<RuleBook> rules) {
    return TelemetryTopology.telemetry(TelemetryJobSettings.of(settings), topics, rules);
  }
}
