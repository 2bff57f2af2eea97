// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import static io.twinlog.escalation.EscalationRig.HOUR;
import static io.twinlog.escalation.EscalationRig.MINUTE;
import static io.twinlog.escalation.EscalationRig.SECOND;
import static io.twinlog.escalation.EscalationRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.Grouping;
import io.twinlog.domain.escalation.Inhibition;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Policies;
import io.twinlog.schemas.ErrorRecord;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.RecoveryRequest;
import io.twinlog.wire.Topic;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole topology on a cluster: from an error to what somebody is told. */
class EscalationTopologyTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String HOT = key("d", "hot");

  private final EscalationRig rig = new EscalationRig();

  @Test
  void tellsOfAHighErrorAndOfItsEnd() throws Exception {
    rig.fails("d", "hot", "high")
        .fails("d", "hot", "high")
        .after(MINUTE)
        .recovers("d", "hot")
        .after(10 * MINUTE)
        .run(2);

    assertThat(rig.records(Topic.ERROR_RECORDS, ErrorRecord.class))
        .extracting(ErrorRecord::getErrorId)
        .containsExactly("e-1", "e-2");
    assertThat(rig.log(HOT))
        .containsExactly("0 AlertOpened", "0 AlertStepTaken", "60 AlertResolved");
    assertThat(rig.states(HOT)).startsWith("OPEN null").endsWith("RESOLVED null");
    assertThat(rig.told()).containsExactly("30 default new high 1", "330 default resolved high 0");
    Notification first = rig.records(Topic.NOTIFICATIONS, Notification.class).get(0);
    assertThat(first.getAlertId()).isEqualTo(HOT + "-1");
    assertThat(first.getCauses()).containsExactly("e-1");
    assertThat(first.getText()).isEqualTo("high: hot of d: it is");
    assertThat(first.getLabels()).containsEntry("site", "north").containsEntry("model", "M");
  }

  @Test
  void makesOneAlertOfTwoErrorsInOneMillisecond() throws Exception {
    rig.fails("d", "hot", "medium").fails("d", "hot", "medium").after(MINUTE).run(2);

    assertThat(rig.log(HOT)).containsExactly("0 AlertOpened");
    assertThat(rig.records(Topic.ERROR_RECORDS, ErrorRecord.class)).hasSize(2);
  }

  @Test
  void recordsALowErrorAndNoMore() throws Exception {
    rig.fails("d", "hot", "low").repeatLast(1).after(2 * HOUR).run(2);

    assertThat(rig.records(Topic.ERROR_RECORDS, ErrorRecord.class)).hasSize(1);
    assertThat(rig.of(Topic.ALERT_LOG)).isEmpty();
    assertThat(rig.of(Topic.ALERT_STATE)).isEmpty();
  }

  @Test
  void writesTheSameWhateverTheParallelism() throws Exception {
    for (int i = 0; i < 60; i++) {
      rig.fails("d-" + i, "hot", i % 3 == 0 ? "critical" : "high", "s-" + i % 4);
    }
    rig.repeatLast(17).silences("quiet", "site", "s-1", 20 * MINUTE).after(MINUTE);
    for (int i = 0; i < 60; i += 2) {
      rig.recovers("d-" + i, "hot");
      rig.fails("e-" + i, "cold", "high", "s-" + i % 4);
    }
    rig.after(40 * MINUTE).after(HOUR);

    var alone = rig.run(1).perKey();
    assertThat(rig.run(4).perKey()).isEqualTo(alone);
    assertThat(rig.of(Topic.NOTIFICATIONS)).hasSizeGreaterThan(10);
  }

  @Test
  void climbsUntilSomebodyAcknowledges() throws Exception {
    rig.fails("d", "hot", "high")
        .after(30 * MINUTE + SECOND)
        .command(HOT + "-1", "AcknowledgeAlert", "{\"note\":\"on it\"}")
        .command(HOT + "-1", "AssignAlert", "{\"assignee\":\"ben\"}")
        .command(HOT + "-9", "AcknowledgeAlert", "{}")
        .after(3 * HOUR)
        .run(2);

    assertThat(rig.log(HOT))
        .startsWith(
            "0 AlertOpened",
            "0 AlertStepTaken",
            "1800 AlertRaised",
            "1800 AlertStepTaken",
            "1800 AlertRecoveryRequested")
        .contains("1801 AlertAcknowledged", "1801 AlertAssigned");
    assertThat(rig.told())
        .containsExactly("30 default new high 1", "1805 operations new critical 1");
    assertThat(rig.results())
        .containsExactly("ACCEPTED 6[]", "ACCEPTED 7[]", "REFUSED 7[ unknown_alert]");
  }

  @Test
  void asksForRecoveryAndTakesTheAnswer() throws Exception {
    rig.fails("d", "hot", "critical")
        .after(SECOND)
        .says("x", "recovery.failed", "{\"recovery_id\":\"" + HOT + "-1/1\"}")
        .after(20 * SECOND)
        .says("x", "recovery.succeeded", "{\"recovery_id\":\"" + HOT + "-1/2\"}")
        .says("x", "recovery.failed", "{\"recovery_id\":\"nobody's\"}")
        .after(SECOND)
        .command(HOT + "-1", "AcknowledgeAlert", "{}")
        .after(HOUR)
        .run(2);

    assertThat(rig.log(HOT))
        .containsExactly(
            "0 AlertOpened",
            "0 AlertStepTaken",
            "0 AlertRecoveryRequested",
            "1 AlertRecoveryFailed",
            "11 AlertRecoveryRequested",
            "21 AlertRecoverySucceeded",
            "21 AlertLatched",
            "22 AlertAcknowledged",
            "22 AlertResolved");
    assertThat(rig.records(Topic.RECOVERY_REQUESTS, RecoveryRequest.class))
        .extracting(RecoveryRequest::getRecoveryId)
        .containsExactly(HOT + "-1/1", HOT + "-1/2");
    assertThat(rig.of(Topic.DEAD_LETTERS)).hasSize(1);
  }

  @Test
  void mutesWhatIsSilencedAndTellsOfItWhenTheSilenceEnds() throws Exception {
    rig.silences("works", "site", "north", 10 * MINUTE + SECOND)
        .fails("d", "hot", "high")
        .fails("e", "hot", "high", "south")
        .after(9 * MINUTE)
        .after(3 * MINUTE)
        .run(2);

    assertThat(rig.states(HOT)).startsWith("OPEN silence/works").endsWith("OPEN null");
    assertThat(rig.told()).containsExactly("30 default new high 1", "630 default new high 1");
    assertThat(rig.of(Topic.ALERT_SILENCES)).hasSize(2);
  }

  @Test
  void tellsNothingOfWhatAnotherAlertExplains() throws Exception {
    rig.by(EscalationTopologyTest::gatewaysExplain)
        .fails("g", "gateway_down", "high")
        .after(SECOND)
        .fails("d", "hot", "high")
        .fails("e", "hot", "high", "south")
        .after(20 * MINUTE)
        .recovers("g", "gateway_down")
        .after(10 * MINUTE)
        .run(2);

    String inhibited = "OPEN alert/" + key("g", "gateway_down") + "-1";
    assertThat(rig.states(HOT)).startsWith(inhibited).endsWith("OPEN null");
    assertThat(rig.told())
        .containsExactly(
            "30 default new high 1", "31 default new high 1", "1231 default changed high 1");
  }

  private static EscalationRules gatewaysExplain() {
    Inhibition gateway =
        new Inhibition(
            "gateway-down",
            List.of(new Matcher("code", Matcher.Op.EQUALS, "gateway_down")),
            List.of(new Matcher("code", Matcher.Op.DIFFERS, "gateway_down")),
            List.of("site"));
    return new EscalationRules(
        Policies.DEFAULT,
        Grouping.DEFAULT,
        List.of(gateway),
        new TreeSet<>(List.of("default", "operations")));
  }

  @Test
  void foldsTheAlertsOfASiteIntoOneAndTellsTheOthers() throws Exception {
    for (int i = 0; i < 500; i++) {
      rig.fails("d-" + i, "hot", "high");
    }
    rig.fails("x", "cold", "high", "east")
        .fails("y", "wet", "high", "west")
        .fails("z", "dry", "critical", "south")
        .after(4 * MINUTE)
        .run(2);

    assertThat(rig.records(Topic.ERROR_RECORDS, ErrorRecord.class)).hasSize(503);
    assertThat(rig.told())
        .containsExactlyInAnyOrder(
            "30 default new high 500",
            "30 default new high 1",
            "30 default new high 1",
            "5 operations new critical 1");
    Notification folded =
        rig.records(Topic.NOTIFICATIONS, Notification.class).stream()
            .filter(Notification::getFolded)
            .findFirst()
            .orElseThrow();
    assertThat(folded.getAlertId()).isNull();
    assertThat(folded.getAlerts()).hasSize(20);
    assertThat(folded.getText()).isEqualTo("500 alerts of model=M, site=north: 500 high");
  }

  @Test
  void readsAnAlertAgainUnderANewIdAndLeavesTheOldOne() throws Exception {
    rig.fails("d", "hot", "medium")
        .after(MINUTE)
        .recovers("d", "hot")
        .after(MINUTE)
        .fails("d", "hot", "medium")
        .after(MINUTE)
        .run(2);

    assertThat(rig.of(Topic.ALERT_STATE))
        .extracting(
            output ->
                new String(output.key(), java.nio.charset.StandardCharsets.UTF_8)
                    + (output.value() == null ? " gone" : ""))
        .containsExactly(HOT + "-1", HOT + "-1", HOT + "-1 gone", HOT + "-3");
  }
}
