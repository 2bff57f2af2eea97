// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.EscalationSimulation.Attempted;
import io.twinlog.domain.escalation.EscalationSimulation.Line;
import io.twinlog.domain.escalation.EscalationSimulation.Notified;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.rules.Scenario;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotificationReceipt;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.Notifications;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * docs/examples/escalation/receiver-down.yaml: the notifier, at a real socket that answers 500 for
 * ten minutes, makes the attempts that {@code twinlog escalation simulate} says, at its times.
 */
class ReceiverDownTest {
  private static final String TARGET = "default";
  private static final long BEGINNING = TestingInbox.BEGINNING.toEpochMilli();

  private final SingleObject singleObject = new SingleObject();
  private KeyedOneInputStreamOperatorTestHarness<String, SourceRecord, OutputRecord> harness;
  private int offset;

  private static List<Line> lines() throws Exception {
    String text =
        Files.readString(
            Path.of(
                System.getProperty("twinlog.root"), "docs/examples/escalation/receiver-down.yaml"));
    return Scenario.read(text, EscalationRules.DEFAULT)
        .scenario()
        .orElseThrow()
        .play(AlertRules.DEFAULT, 300_000, BEGINNING + Scenario.BEGINNING, heard -> {});
  }

  private void open(String url) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("notifier.targets.default.type", "webhook");
    settings.setString("notifier.targets.default.url", url);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new NotifierOperator.Factory(NotifierJobSettings.of(settings), TestingInbox.topics()),
            new TargetOf(),
            Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    harness.open();
  }

  private void hears(Notification notification) throws Exception {
    byte[] key = notification.getGroupId().getBytes(UTF_8);
    byte[] value = singleObject.encode(notification);
    harness.processElement(
        new SourceRecord(Topic.NOTIFICATIONS.in("twinlog."), 0, offset++, key, value, List.of()),
        0);
  }

  /** What happens at one clock: who is told, then the attempts that follow. */
  private void happens(long clock, List<Line> at, TestingReceiver receiver) throws Exception {
    List<Attempted> attempts =
        at.stream().filter(Attempted.class::isInstance).map(Attempted.class::cast).toList();
    if (!attempts.isEmpty()) {
      receiver.answers(attempts.get(0).again() == 0 ? 204 : 500);
    }
    harness.setProcessingTime(BEGINNING + clock);
    for (Line line : at) {
      if (line instanceof Notified notified) {
        Notification told = Notifications.toAvro(notified.telling(), 0);
        if (told.getTarget().equals(TARGET)) {
          hears(told);
        }
      }
    }
    for (int i = 0; i < attempts.size(); i++) {
      harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }
  }

  private List<String> receipts() {
    return harness.extractOutputValues().stream()
        .map(output -> singleObject.decode(output.value(), NotificationReceipt.class))
        .map(
            receipt ->
                "%s %s %d at %s"
                    .formatted(
                        receipt.getNotificationId(),
                        receipt.getStatus(),
                        receipt.getAttempts(),
                        receipt.getAt()))
        .toList();
  }

  @Test
  void theNotifierMakesTheAttemptsThatTheSimulationSays() throws Exception {
    TreeMap<Long, List<Line>> byClock = new TreeMap<>();
    List<String> delivered = new ArrayList<>();
    for (Line line : lines()) {
      byClock.computeIfAbsent(line.clock(), clock -> new ArrayList<>()).add(line);
      if (line instanceof Attempted attempted && attempted.again() == 0) {
        delivered.add(
            "%s delivered %d at %s"
                .formatted(
                    Notifications.toAvro(attempted.telling(), 0).getNotificationId(),
                    attempted.attempt(),
                    java.time.Instant.ofEpochMilli(BEGINNING + attempted.clock())));
      }
    }
    long attempts =
        byClock.values().stream().flatMap(List::stream).filter(Attempted.class::isInstance).count();

    try (TestingReceiver receiver = new TestingReceiver()) {
      open(receiver.url());
      for (Map.Entry<Long, List<Line>> at : byClock.entrySet()) {
        happens(at.getKey(), at.getValue(), receiver);
      }

      assertThat(receipts()).isEqualTo(delivered).hasSizeGreaterThan(2);
      assertThat(receiver.received()).hasSize((int) attempts);
      harness.close();
    }
  }
}
