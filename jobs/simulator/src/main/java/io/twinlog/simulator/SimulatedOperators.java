// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.device.DeviceJob;
import io.twinlog.domain.fleet.Fleet;
import io.twinlog.escalation.EscalationJob;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.service.ServiceJob;
import io.twinlog.telemetry.TelemetryJob;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.Silences;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;

/**
 * The real operators of a job, new ones for each subtask, and how they are connected. A node is an
 * aggregate or a stage: aggregates are numbered first, then stages, each behind those before it.
 */
record SimulatedOperators(Inbox inbox, List<Aggregates> aggregates, List<Stage> stages) {
  /**
   * What it reads.
   *
   * @param shared whether other jobs write to it, too
   */
  record Inbox(Topic topic, boolean shared) {}

  /**
   * Aggregates behind the reader.
   *
   * @param takes which records are theirs
   */
  record Aggregates(
      Supplier<OneInputStreamOperator<InboxRecord, OutputRecord>> operator,
      Predicate<InboxRecord> takes) {}

  /**
   * A stage behind other nodes.
   *
   * @param operator of one input; of two, where one edge goes to every subtask
   * @param edges those to every subtask last
   * @param alone whether it has one subtask, whatever the parallelism; else it is keyed as told
   */
  record Stage(
      Supplier<? extends StreamOperator<OutputRecord>> operator, List<Edge> edges, boolean alone) {
    /** Of one input, behind the first node. */
    static Stage behindAggregate(
        Supplier<OneInputStreamOperator<Notice, OutputRecord>> operator,
        KeySelector<Notice, String> key,
        boolean alone) {
      return new Stage(operator, List.of(new Edge(0, notice -> true, key)), alone);
    }

    /** The key of what comes by a key. */
    KeySelector<Notice, String> key() {
      return edges.get(0).key();
    }
  }

  /**
   * What a stage hears of a node.
   *
   * @param from number of the node
   * @param passes which notices
   * @param key null: every subtask hears all of it
   */
  record Edge(int from, Predicate<Notice> passes, KeySelector<Notice, String> key) {
    boolean isCommon() {
      return key == null;
    }

    String keyOf(Notice notice) {
      try {
        return key.getKey(notice);
      } catch (Exception e) {
        throw new IllegalStateException("a notice has no key", e);
      }
    }
  }

  private static SimulatedOperators of(
      Topic inbox,
      Supplier<OneInputStreamOperator<InboxRecord, OutputRecord>> aggregate,
      List<Stage> stages) {
    return new SimulatedOperators(
        new Inbox(inbox, false), List.of(new Aggregates(aggregate, record -> true)), stages);
  }

  static SimulatedOperators ofDeviceJob(Configuration settings, TopicDirectory topics) {
    return of(
        Topic.EVENTS_DOMAIN,
        () -> DeviceJob.operators(settings, topics).aggregate(),
        List.of(
            Stage.behindAggregate(
                () -> DeviceJob.operators(settings, topics).availability(), Notice::key, false),
            Stage.behindAggregate(
                () -> DeviceJob.operators(settings, topics).fleet(), notice -> Fleet.KEY, true)));
  }

  static SimulatedOperators ofTelemetryJob(
      Configuration settings, TelemetrySetting rules, TopicDirectory topics) {
    return of(
        Topic.EVENTS_DOMAIN, () -> TelemetryJob.operator(settings, topics, rules::book), List.of());
  }

  static SimulatedOperators ofServiceJob(Configuration settings, TopicDirectory topics) {
    return of(
        Topic.EVENTS_SYSTEM,
        () -> ServiceJob.operators(settings, topics).services(),
        List.of(
            Stage.behindAggregate(
                () -> ServiceJob.operators(settings, topics).endpoints(),
                ServiceJob::nameOf,
                false)));
  }

  static SimulatedOperators ofEscalationJob(
      Configuration settings, EscalationSetting rules, TopicDirectory topics) {
    Supplier<EscalationJob.Operators> made =
        () -> EscalationJob.operators(settings, topics, rules::book);
    return new SimulatedOperators(
        new Inbox(Topic.EVENTS_ERROR, true),
        List.of(
            new Aggregates(() -> made.get().alerts(), record -> !Silences.isKey(record.key())),
            new Aggregates(() -> made.get().silences(), record -> Silences.isKey(record.key()))),
        List.of(
            new Stage(
                () -> made.get().muting(),
                List.of(
                    new Edge(0, notice -> !EscalationJob.isMute(notice), Notice::key),
                    new Edge(0, EscalationJob::isMute, null),
                    new Edge(1, notice -> true, null)),
                false),
            new Stage(
                () -> made.get().groups(),
                List.of(new Edge(2, notice -> true, EscalationJob::groupOf)),
                false)));
  }
}
