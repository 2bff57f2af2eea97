// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.EscalationSimulation;
import io.twinlog.domain.escalation.EscalationSimulation.Happened;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.RuleDocument;
import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.AlertState;
import io.twinlog.schemas.ErrorRecord;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotificationReceipt;
import io.twinlog.schemas.RecoveryRequest;
import io.twinlog.system.Programs;
import io.twinlog.system.prove.HttpReceiver.Received;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.AlertLogCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an error to who is told, on real parts: a broker, the jobs in processes of their own, a
 * webhook, and a Prometheus Alertmanager as the distribution has it.
 */
class EscalationProof {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String QUICK =
      """
      escalation:
        grouping: {wait: 1s, urgent_wait: 1s, interval: 2s, fold_above: %d}
        levels:
          high:
            steps: [{target: default}, {target: default, after: 10s}]
            acknowledge_within: %s
          critical:
            recovery: {attempts: 2, backoff: 1s, backoff_max: 1s, answer_within: %s}
      """;

  private static final int LADDERS = 10_000;
  private static final int KILLS = 10;
  private static final int SITES = 200;

  private static final int FLEET = 50_000;
  private static final long HEAP_BYTES_PER_10_000 = 64L << 20;

  @TempDir Path directory;
  private final Report report = new Report();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void eachSeverityGoesItsWay() throws Exception {
    Programs.require("prometheus-alertmanager");
    int port = freePort();
    try (HttpReceiver receiver = new HttpReceiver();
        EscalationParts parts =
            new EscalationParts(
                directory,
                QUICK.formatted(20, "10m", "60s"),
                "notifier.targets.default.type=alertmanager",
                "notifier.targets.default.url=http://127.0.0.1:" + port,
                "notifier.targets.operations.type=webhook",
                "notifier.targets.operations.url=" + receiver.url("/operations"))) {
      Process alertmanager = alertmanager(port, receiver.url("/alertmanager"));
      try {
        parts.send(
            "pump-1", "device.registered", "{\"model\":\"M\",\"attributes\":{\"site\":\"north\"}}");
        for (String severity : List.of("low", "medium", "high", "critical")) {
          parts.send(
              "pump-1",
              "device.error",
              "{\"error\":{\"code\":\"%1$s\",\"severity\":\"%1$s\",\"message\":\"it is\"}}"
                  .formatted(severity));
          parts.fails("billing", severity, severity, "south");
        }
        parts.flush();
        judgeEach(parts, receiver, port);
        judgeEnds(parts, receiver, port);
      } finally {
        alertmanager.destroy();
        alertmanager.waitFor();
      }
    }
    report.printTable();
  }

  private void judgeEach(EscalationParts parts, HttpReceiver receiver, int port) {
    EscalationParts.await(
        "eight errors on record",
        SOON,
        () -> parts.records(Topic.ERROR_RECORDS, ErrorRecord.class).size() == 8);
    EscalationParts.await(
        "Alertmanager has both high alerts", SOON, () -> active(port).equals(Set.of("high")));
    EscalationParts.await(
        "Alertmanager has told its own receiver",
        SOON,
        () -> receiver.at("/alertmanager").stream().anyMatch(one -> firing(one) == 2));
    EscalationParts.await(
        "operations are told of both critical ones",
        SOON,
        () -> receiver.at("/operations").size() == 2);
    assertThat(parts.records(Topic.ALERT_STATE, AlertState.class))
        .extracting(AlertState::getSeverity)
        .contains("medium", "high", "critical")
        .doesNotContain("low");
    assertThat(parts.records(Topic.NOTIFICATIONS, Notification.class))
        .extracting(Notification::getSeverity)
        .doesNotContain("medium");
    report.say("low is on record, medium an alert, high told, critical told urgently");
  }

  private void judgeEnds(EscalationParts parts, HttpReceiver receiver, int port) throws Exception {
    List<RecoveryRequest> requests = parts.records(Topic.RECOVERY_REQUESTS, RecoveryRequest.class);
    assertThat(requests).hasSizeGreaterThanOrEqualTo(2);
    RecoveryRequest newest =
        parts.records(Topic.RECOVERY_REQUESTS, RecoveryRequest.class).stream()
            .filter(request -> request.getSource().equals("pump-1"))
            .reduce((first, second) -> second)
            .orElseThrow();
    parts.send(
        "medic", "recovery.succeeded", "{\"recovery_id\":\"" + newest.getRecoveryId() + "\"}");
    parts.send("pump-1", "device.recovered", "{\"code\":\"high\"}");
    parts.flush();
    EscalationParts.await(
        "the critical one is latched",
        SOON,
        () -> phases(parts).contains("pump-1 critical LATCHED"));
    parts.twinlog("command", "AcknowledgeAlert", newest.getAlertId(), "--author", "anna").await(0);
    EscalationParts.await(
        "it is resolved", SOON, () -> phases(parts).contains("pump-1 critical RESOLVED"));
    EscalationParts.await(
        "operations hear of the end",
        SOON,
        () ->
            receiver.at("/operations").stream()
                .anyMatch(one -> one.body().contains("\"why\":\"resolved\"")));
    String billing = new AlertId(AlertId.key("prove/billing", "high"), 1).toString();
    parts.twinlog("command", "ResolveAlert", billing, "--author", "ben").await(0);
    EscalationParts.await("nothing is left at Alertmanager", SOON, () -> active(port).isEmpty());
    EscalationParts.await(
        "Alertmanager has told of the end",
        SOON,
        () ->
            receiver.at("/alertmanager").stream()
                .anyMatch(
                    one ->
                        one.body().contains("\"status\":\"resolved\",\"receiver\"")
                            || one.body().contains("\"status\":\"resolved\",\"alerts\"")));
    assertThat(parts.records(Topic.NOTIFICATION_RECEIPTS, NotificationReceipt.class))
        .extracting(NotificationReceipt::getStatus)
        .containsOnly("delivered");
  }

  private static Set<String> phases(EscalationParts parts) {
    Map<String, String> newest = new TreeMap<>();
    parts
        .records(Topic.ALERT_STATE, AlertState.class)
        .forEach(state -> newest.put(state.getSource() + " " + state.getCode(), state.getState()));
    return newest.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.toSet());
  }

  private static int firing(Received received) {
    int firing = 0;
    try {
      for (JsonNode alert : new ObjectMapper().readTree(received.body()).path("alerts")) {
        firing += alert.path("status").asText().equals("firing") ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Alertmanager posts no JSON", e);
    }
    return firing;
  }

  /** The names of the alerts that fire there. */
  private Set<String> active(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v2/alerts?active=true"))
            .build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    return java.util.stream.StreamSupport.stream(
            new ObjectMapper().readTree(body).spliterator(), false)
        .map(alert -> alert.path("labels").path("alertname").asText())
        .collect(Collectors.toSet());
  }

  private Process alertmanager(int port, String receiver) throws IOException {
    Path config = directory.resolve("alertmanager.yml");
    Files.writeString(
        config,
        """
        route: {receiver: hook, group_by: [alertname], group_wait: 2s, group_interval: 2s}
        receivers:
          - name: hook
            webhook_configs: [{url: '%s', send_resolved: true}]
        """
            .formatted(receiver));
    return new ProcessBuilder(
            "prometheus-alertmanager",
            "--config.file=" + config,
            "--storage.path=" + directory.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("alertmanager.out").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Killed ten times while ten thousand alerts climb. */
  @Test
  void climbsAsTheOracleSaysHoweverOftenItIsKilled() throws Exception {
    String rules = QUICK.formatted(100, "30s", "5s");
    try (HttpReceiver receiver = new HttpReceiver();
        EscalationParts parts =
            new EscalationParts(
                directory,
                rules,
                "notifier.targets.default.type=webhook",
                "notifier.targets.default.url=" + receiver.url("/default"),
                "notifier.targets.operations.type=webhook",
                "notifier.targets.operations.url=" + receiver.url("/operations"))) {
      for (int i = 0; i < LADDERS; i++) {
        parts.fails("svc-" + i, "down", "high", "site-" + i % SITES);
      }
      parts.flush();
      for (int i = 0; i < KILLS; i++) {
        ChildProcess victim = i % 3 == 2 ? parts.notifier : parts.escalation;
        report.letPass(Duration.ofSeconds(2 + i % 3), "it climbs, kill " + (i + 1));
        victim.kill();
        victim.restart().awaitReady();
      }
      EscalationParts.await(
          "all have climbed to the top",
          Duration.ofMinutes(5),
          () ->
              parts.records(Topic.ALERT_LOG, AlertLog.class).stream()
                      .filter(log -> log.getEvent().equals("AlertRecoveryFailed"))
                      .count()
                  == 2L * LADDERS);
      judgeLadders(parts, rules);
      judgeKeys(parts, receiver);
    }
    report.printTable();
  }

  private void judgeLadders(EscalationParts parts, String rules) {
    EscalationRules escalation =
        RuleDocument.check(rules, 1, RuleSet.DEFAULT).rules().orElseThrow().escalation();
    Map<String, List<AlertLog>> byAlert = new HashMap<>();
    parts
        .records(Topic.ALERT_LOG, AlertLog.class)
        .forEach(
            log -> byAlert.computeIfAbsent(log.getAlertId(), id -> new ArrayList<>()).add(log));
    assertThat(byAlert).hasSize(LADDERS);
    for (List<AlertLog> logs : byAlert.values()) {
      AlertLog opened = logs.get(0);
      long clock = opened.getClock();
      long end = logs.get(logs.size() - 1).getClock();
      assertThat(lines(logs))
          .isEqualTo(oracle(escalation, clock, opened.getLoggedAt().toEpochMilli(), end));
    }
    report.figure("alerts whose log is the oracle's", Integer.toString(byAlert.size()));
  }

  private static List<String> lines(List<AlertLog> logs) {
    return logs.stream()
        .map(log -> log.getVersion() + " " + log.getClock() + " " + log.getEvent())
        .toList();
  }

  /** What one error comes to, by the rules alone. */
  private static List<String> oracle(EscalationRules rules, long clock, long logTime, long end) {
    EscalationSimulation simulation =
        new EscalationSimulation(AlertRules.DEFAULT, 300_000, version -> rules, logTime - clock);
    ErrorReported error =
        new ErrorReported("e", "s", "down", Severity.HIGH, "it is", new TreeMap<>(), logTime);
    simulation.hear("k", error, clock, 1);
    return simulation.play(end + 1).stream()
        .filter(Happened.class::isInstance)
        .map(Happened.class::cast)
        .map(
            happened ->
                happened.recorded().version()
                    + " "
                    + happened.clock()
                    + " "
                    + AlertLogCodec.name(happened.recorded().event()))
        .toList();
  }

  private void judgeKeys(EscalationParts parts, HttpReceiver receiver) {
    Set<String> notified =
        parts.records(Topic.NOTIFICATIONS, Notification.class).stream()
            .map(Notification::getNotificationId)
            .collect(Collectors.toSet());
    EscalationParts.await(
        "all are delivered",
        Duration.ofMinutes(2),
        () ->
            parts.records(Topic.NOTIFICATION_RECEIPTS, NotificationReceipt.class).size()
                >= notified.size());
    List<Received> all = new ArrayList<>(receiver.at("/default"));
    all.addAll(receiver.at("/operations"));
    Set<String> keys = all.stream().map(Received::idempotencyKey).collect(Collectors.toSet());
    assertThat(keys).isEqualTo(notified);
    report.figure("notifications", Integer.toString(notified.size()));
    report.figure("deliveries", Integer.toString(all.size()));
  }

  /** Fifty thousand of one site fail at once, and three others. */
  @Test
  void tellsOfASiteOnceAndOfOthersAllTheSame() throws Exception {
    String rules = QUICK.replace("wait: 1s, urgent_wait: 1s", "wait: 30s, urgent_wait: 5s");
    try (HttpReceiver receiver = new HttpReceiver();
        EscalationParts parts =
            new EscalationParts(
                directory,
                rules.formatted(20, "1h", "5s"),
                "notifier.targets.default.type=webhook",
                "notifier.targets.default.url=" + receiver.url("/default"))) {
      parts.fails("first", "cold", "high", "elsewhere");
      parts.flush();
      EscalationParts.await(
          "the first one is told", SOON, () -> receiver.at("/default").size() == 1);
      Jvm jvm = new Jvm(parts.escalation.pid());
      long before = jvm.liveBytes();
      for (int i = 0; i < FLEET; i++) {
        parts.fails("dev-" + i, "down", "high", "north");
      }
      parts.fails("a", "wet", "high", "east");
      parts.fails("b", "dry", "high", "west");
      parts.fails("c", "hot", "high", "south");
      parts.flush();
      EscalationParts.await(
          "all are on record",
          Duration.ofMinutes(3),
          () -> parts.records(Topic.ERROR_RECORDS, ErrorRecord.class).size() == FLEET + 4);
      EscalationParts.await(
          "the site and the others are told",
          Duration.ofMinutes(2),
          () -> receiver.at("/default").size() >= 5);
      long grown = jvm.liveBytes() - before;
      List<Notification> told = parts.records(Topic.NOTIFICATIONS, Notification.class);
      report.figure("heap grown, MB", Long.toString(grown >> 20));
      report.figure("notifications", Integer.toString(told.size()));
      assertThat(told).filteredOn(Notification::getFolded).hasSize(1);
      assertThat(told)
          .filteredOn(one -> !one.getFolded())
          .extracting(one -> one.getLabels().get("site"))
          .containsExactlyInAnyOrder("elsewhere", "east", "west", "south");
      assertThat(grown).isLessThan(FLEET / 10_000 * HEAP_BYTES_PER_10_000);
    }
    report.printTable();
  }
}
