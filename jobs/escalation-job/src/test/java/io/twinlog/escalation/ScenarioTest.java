// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.EscalationSimulation.Happened;
import io.twinlog.domain.escalation.EscalationSimulation.Line;
import io.twinlog.domain.escalation.EscalationSimulation.Notified;
import io.twinlog.rules.Scenario;
import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.Notification;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.AlertLogCodec;
import io.twinlog.wire.escalation.Notifications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job does what {@code twinlog escalation simulate} says, at the same times. */
class ScenarioTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final long MUTING_CHECK = 300_000;

  private static String text(String name) throws IOException {
    return Files.readString(
        Path.of(System.getProperty("twinlog.root"), "docs/examples/escalation", name));
  }

  private static Scenario scenario(String text) {
    Scenario.Reading reading = Scenario.read(text, EscalationRules.DEFAULT);
    assertThat(reading.findings()).isEmpty();
    return reading.scenario().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "night.yaml",
        "second-critical.yaml",
        "race.yaml",
        "edited-policy.yaml",
        "silence.yaml",
        "offline.yaml",
        "inhibition.yaml",
        "receiver-down.yaml"
      })
  void theJobGivesTheTimelineOfTheSimulation(String name) throws Exception {
    String text = text(name);
    Scenario scenario = scenario(text);
    EscalationRig rig = new EscalationRig();
    List<Line> lines =
        scenario.play(
            AlertRules.DEFAULT,
            MUTING_CHECK,
            TestingInbox.BEGINNING.toEpochMilli() + Scenario.BEGINNING,
            rig::hears);
    rig.until(Scenario.BEGINNING + scenario.until());

    rig.byVersions(version -> scenario(text).rules().get(version)).run(2);

    assertThat(alerts(rig)).isEqualTo(alerts(lines));
    assertThat(told(rig)).isEqualTo(told(lines));
    assertThat(alerts(lines)).isNotEmpty();
  }

  private static Map<String, List<String>> alerts(EscalationRig rig) {
    Map<String, List<String>> result = new TreeMap<>();
    for (AlertLog log : rig.records(Topic.ALERT_LOG, AlertLog.class)) {
      result
          .computeIfAbsent(log.getAlertId(), id -> new ArrayList<>())
          .add(log.getClock() + " " + log.getEvent() + " " + log.getVersion());
    }
    return result;
  }

  private static Map<String, List<String>> alerts(List<Line> lines) {
    Map<String, List<String>> result = new TreeMap<>();
    for (Line line : lines) {
      if (line instanceof Happened happened) {
        result
            .computeIfAbsent(
                AlertLogCodec.id(happened.after(), happened.recorded()).toString(),
                id -> new ArrayList<>())
            .add(
                happened.clock()
                    + " "
                    + AlertLogCodec.name(happened.recorded().event())
                    + " "
                    + happened.recorded().version());
      }
    }
    return result;
  }

  private static String line(Notification told) {
    return "%s %s %s %s".formatted(told.getAt(), told.getTarget(), told.getWhy(), told.getText());
  }

  private static Map<String, String> told(EscalationRig rig) {
    Map<String, String> result = new TreeMap<>();
    rig.records(Topic.NOTIFICATIONS, Notification.class)
        .forEach(told -> result.put(told.getNotificationId(), line(told)));
    return result;
  }

  private static Map<String, String> told(List<Line> lines) {
    Map<String, String> result = new TreeMap<>();
    for (Line line : lines) {
      if (line instanceof Notified notified) {
        Notification told = Notifications.toAvro(notified.telling(), 0);
        result.put(told.getNotificationId(), line(told));
      }
    }
    return result;
  }
}
