// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.escalation.DeliveryRules;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SettingsException;
import io.twinlog.flink.SourceRecord;
import io.twinlog.notifier.TestingReceiver.Received;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotificationReceipt;
import io.twinlog.schemas.NotifiedAlert;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries to real receivers over real sockets; time is the harness's. */
class NotifierOperatorTest {
  private static final long AT = 1_767_225_600_000L;
  private static final long HOUR = 3_600_000;

  private final TestingReceiver webhook = new TestingReceiver();
  private final TestingReceiver alertmanager = new TestingReceiver();
  private final TreeMap<String, String> targets = new TreeMap<>();
  private final SingleObject singleObject = new SingleObject();
  private KeyedOneInputStreamOperatorTestHarness<String, SourceRecord, OutputRecord> harness;
  private long timeoutMillis = 5_000;
  private int taken;
  private long offset;

  NotifierOperatorTest() {
    targets.put("hook.type", "webhook");
    targets.put("hook.url", webhook.url());
    targets.put("am.type", "alertmanager");
    targets.put("am.url", alertmanager.url() + "/");
    targets.put("log.type", "console");
  }

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
    webhook.close();
    alertmanager.close();
  }

  private void open(OperatorSubtaskState restored) throws Exception {
    NotifierJobSettings settings =
        new NotifierJobSettings(
            targets, timeoutMillis, new DeliveryRules(1_000, 60_000, 24 * HOUR), 3);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new NotifierOperator.Factory(settings, TestingInbox.topics()),
            new TargetOf(),
            Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.setProcessingTime(AT);
    harness.open();
    taken = 0;
  }

  private static Notification notification(String target, String group, int number) {
    NotifiedAlert alert =
        new NotifiedAlert(
            "a-1",
            3L,
            "firing",
            "critical",
            "high",
            "d-1",
            "hot",
            "it is \"81\" °C\n",
            Map.of("site", "north", "rack-no", "7", "2nd", "x", "", "y"),
            Instant.ofEpochMilli(AT - 1_000),
            null);
    return Notification.newBuilder()
        .setNotificationId(group + "/" + number)
        .setGroupId(group)
        .setNumber(number)
        .setWhy("new")
        .setStatus("firing")
        .setTarget(target)
        .setUrgent(true)
        .setSeverity("critical")
        .setStep(1)
        .setLabels(Map.of("site", "north"))
        .setText("critical: hot of d-1")
        .setFiring(1)
        .setFolded(false)
        .setAlerts(List.of(alert))
        .setCauses(List.of("e-1"))
        .setRepeatMs(4 * HOUR)
        .setSince(Instant.ofEpochMilli(AT - 2_000))
        .setAt(Instant.ofEpochMilli(AT))
        .build();
  }

  private void hears(Notification notification) throws Exception {
    harness.processElement(
        new SourceRecord(
            Topic.NOTIFICATIONS.in("twinlog."),
            0,
            offset++,
            notification.getGroupId().getBytes(StandardCharsets.UTF_8),
            singleObject.encode(notification),
            List.of()),
        0);
  }

  /** Waits for so many answers, and works them off. */
  private void answers(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }
  }

  /** {@code id status attempts} of each receipt since the last time. */
  private List<String> receipts() {
    List<OutputRecord> all = harness.extractOutputValues();
    List<OutputRecord> fresh = List.copyOf(all.subList(taken, all.size()));
    taken = all.size();
    return fresh.stream()
        .map(output -> singleObject.decode(output.value(), NotificationReceipt.class))
        .map(
            receipt ->
                receipt.getNotificationId()
                    + " "
                    + receipt.getStatus()
                    + " "
                    + receipt.getAttempts())
        .toList();
  }

  @Test
  void deliversAndWritesAReceipt() throws Exception {
    open(null);
    hears(notification("hook", "g-1", 1));
    answers(1);

    assertThat(receipts()).containsExactly("g-1/1 delivered 1");
    Received received = webhook.received().get(0);
    assertThat(received.idempotencyKey()).isEqualTo("g-1/1");
    assertThat(received.body())
        .contains("\"notification_id\":\"g-1/1\"", "\"message\":\"it is \\\"81\\\" °C\\n\"");
  }

  @Test
  void triesAgainAndKeepsTheOrderUntilTheTargetIsBack() throws Exception {
    open(null);
    webhook.answers(500);
    hears(notification("hook", "g-1", 1));
    hears(notification("hook", "g-2", 1));
    answers(1);
    long now = AT;
    for (int wait = 1_000; wait <= 64_000; wait *= 2) {
      now += Math.min(wait, 60_000);
      harness.setProcessingTime(now);
      answers(1);
    }
    assertThat(receipts()).isEmpty();

    webhook.answers(204);
    harness.setProcessingTime(now + 60_000);
    answers(2);

    assertThat(receipts()).containsExactly("g-1/1 delivered 9", "g-2/1 delivered 1");
    assertThat(webhook.received())
        .extracting(Received::idempotencyKey)
        .containsOnly("g-1/1", "g-2/1")
        .endsWith("g-1/1", "g-2/1");
  }

  @Test
  void aDeadTargetDelaysItsOwnAlone() throws Exception {
    open(null);
    webhook.answers(503);
    hears(notification("hook", "g-1", 1));
    answers(1);
    hears(notification("am", "g-2", 1));
    hears(notification("log", "g-3", 1));
    answers(2);

    assertThat(receipts()).containsExactlyInAnyOrder("g-2/1 delivered 1", "g-3/1 delivered 1");
  }

  @Test
  void doesNotWaitForTheRestOfAnAnswer() throws Exception {
    timeoutMillis = 300;
    open(null);
    webhook.stalls(true);
    hears(notification("hook", "g-1", 1));
    answers(1);
    assertThat(receipts()).isEmpty();

    webhook.stalls(false);
    harness.setProcessingTime(AT + 1_000);
    answers(1);
    assertThat(receipts()).containsExactly("g-1/1 delivered 2");
  }

  @Test
  void doesNotInsistWhereItIsRefused() throws Exception {
    open(null);
    webhook.answers(422);
    hears(notification("hook", "g-1", 1));
    answers(1);
    webhook.answers(200);
    hears(notification("hook", "g-2", 1));
    answers(1);

    assertThat(receipts()).containsExactly("g-1/1 rejected 1", "g-2/1 delivered 1");
  }

  @Test
  void goesOnAfterARestartUnderTheSameKey() throws Exception {
    open(null);
    webhook.answers(500);
    hears(notification("hook", "g-1", 1));
    hears(notification("hook", "g-1", 2));
    answers(1);
    OperatorSubtaskState kept = harness.snapshot(1, 1);
    harness.close();
    webhook.answers(200);

    open(kept);
    answers(2);
    hears(notification("hook", "g-1", 2));

    assertThat(receipts()).containsExactly("g-1/1 delivered 2", "g-1/2 delivered 1");
    assertThat(webhook.received()).hasSize(3);
  }

  @Test
  void givesUpWhatIsTooOldAndWhatIsOneTooMany() throws Exception {
    open(null);
    webhook.answers(500);
    for (int i = 1; i <= 4; i++) {
      hears(notification("hook", "g-" + i, 1));
    }
    answers(1);
    assertThat(receipts()).containsExactly("g-1/1 given_up 1");

    harness.setProcessingTime(AT + 25 * HOUR);
    assertThat(receipts())
        .containsExactly("g-2/1 given_up 0", "g-3/1 given_up 0", "g-4/1 given_up 0");
  }

  @Test
  void saysSoWhereNobodyHasSetTheTarget() throws Exception {
    open(null);
    hears(notification("night-shift", "g-1", 1));

    assertThat(receipts()).containsExactly("g-1/1 unknown_target 0");
  }

  @Test
  void makesADeadLetterOfWhatIsNoNotification() throws Exception {
    open(null);
    harness.processElement(
        new SourceRecord(
            Topic.NOTIFICATIONS.in("twinlog."), 0, 5, null, new byte[] {1, 2}, List.of()),
        0);

    OutputRecord letter = harness.extractOutputValues().get(0);
    assertThat(letter.topic()).isEqualTo(Topic.DEAD_LETTERS.in("twinlog."));
    assertThat(letter.value()).containsExactly(1, 2);
  }

  @Test
  void speaksToAlertmanagerInItsOwnWords() throws Exception {
    open(null);
    hears(notification("am", "g-1", 1));
    answers(1);

    Received received = alertmanager.received().get(0);
    assertThat(received.path()).isEqualTo("/api/v2/alerts");
    assertThat(received.body())
        .contains(
            "\"alertname\":\"hot\"",
            "\"rack_no\":\"7\"",
            "\"_2nd\":\"x\"",
            "\"_\":\"y\"",
            "\"severity\":\"critical\"",
            "\"startsAt\":\"2025-12-31T23:59:59.000Z\"",
            "\"endsAt\":\"2026-01-01T08:00:00.000Z\"")
        // What it was before is another alert there, and over.
        .contains("\"severity\":\"high\"", "\"endsAt\":\"2026-01-01T00:00:00.000Z\"");
  }

  @Test
  void fillsATemplateWhateverADeviceSays() throws Exception {
    targets.put(
        "hook.template",
        "{\"title\":\"[{{severity}}] {{text}}\",\"list\":\"{{ alerts }}\",\"first\":\"{{alerts}}!\",\"n\":7}");
    open(null);
    hears(notification("hook", "g-1", 1));
    answers(1);

    assertThat(webhook.received().get(0).body())
        .startsWith(
            "{\"title\":\"[critical] critical: hot of d-1\",\"list\":[{\"alert_id\":\"a-1\"")
        .endsWith("\"n\":7}");
  }

  @Test
  void readsSecretsWhereTheyAreUsed(@TempDir Path directory) throws Exception {
    Path secret = directory.resolve("token");
    Files.writeString(secret, "Bearer one\n");
    targets.put("hook.authorization-file", secret.toString());
    open(null);
    hears(notification("hook", "g-1", 1));
    answers(1);
    Files.writeString(secret, "Bearer two\n");
    hears(notification("hook", "g-2", 1));
    answers(1);

    assertThat(webhook.received())
        .extracting(Received::authorization)
        .containsExactly("Bearer one", "Bearer two");
  }

  @Test
  void aFileThatIsGoneDelaysItsTargetAlone(@TempDir Path directory) throws Exception {
    Path template = directory.resolve("template");
    Files.writeString(template, "\"{{text}}\"");
    targets.put("hook.template-file", template.toString());
    open(null);
    Files.writeString(template, "{{");
    hears(notification("hook", "g-1", 1));
    answers(1);
    hears(notification("am", "g-2", 1));
    answers(1);
    assertThat(receipts()).containsExactly("g-2/1 delivered 1");

    Files.writeString(template, "\"so: {{text}}\"");
    harness.setProcessingTime(AT + 1_000);
    answers(1);
    assertThat(receipts()).containsExactly("g-1/1 delivered 2");
    assertThat(webhook.received().get(0).body()).isEqualTo("\"so: critical: hot of d-1\"");
  }

  @Test
  void leavesAnUrlAsItIs() throws Exception {
    targets.put("hook.url", webhook.url() + "/in/");
    open(null);
    hears(notification("hook", "g-1", 1));
    answers(1);

    assertThat(webhook.received()).extracting(Received::path).containsExactly("/in/");
  }

  @Test
  void neverTellsASecretInAnError(@TempDir Path directory) throws IOException {
    Path secret = directory.resolve("url");
    Files.writeString(secret, "httpp://s3cret.example/x y");
    Map<String, String> wrong = Map.of("hook.type", "webhook", "hook.url-file", secret.toString());

    assertThatThrownBy(() -> Target.all("notifier.targets", wrong))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("notifier.targets.hook: its url")
        .hasMessageNotContaining("s3cret");
    assertThat(Delivered.failed(new IOException("to http://s3cret.example")).error())
        .isEqualTo("IOException");
  }

  @Test
  void refusesWhatCannotBeMeant() {
    for (Map.Entry<Map<String, String>, String> wrong :
        Map.of(
                Map.of("hook.type", "fax"), "must be alertmanager, webhook or console",
                Map.of("hook.type", "webhook"), "url, url-file or url-env",
                Map.of("hook.type", "console", "hook.colour", "red"), "no such setting",
                Map.of("hook.type", "webhook", "hook.url", "http://h", "hook.header.Host", "x"),
                    "header Host cannot be sent",
                Map.of("hook.type", "webhook", "hook.url", "http://h", "hook.template", "{{"),
                    "is no JSON",
                Map.of(
                        "hook.type",
                        "webhook",
                        "hook.url",
                        "http://h",
                        "hook.template",
                        "\"{{txt}}\""),
                    "no notification has a field txt")
            .entrySet()) {
      assertThatThrownBy(() -> Target.all("notifier.targets", wrong.getKey()))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining(wrong.getValue());
    }
  }
}
