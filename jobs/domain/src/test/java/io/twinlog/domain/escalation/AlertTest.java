// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static io.twinlog.domain.Severity.CRITICAL;
import static io.twinlog.domain.Severity.HIGH;
import static io.twinlog.domain.Severity.LOW;
import static io.twinlog.domain.Severity.MEDIUM;
import static io.twinlog.domain.escalation.TestingAlert.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Acknowledge;
import io.twinlog.domain.escalation.AlertCommand.Assign;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.Resolve;
import io.twinlog.domain.escalation.AlertCommand.Snooze;
import io.twinlog.domain.escalation.AlertEvent.Acknowledged;
import io.twinlog.domain.escalation.AlertEvent.Averted;
import io.twinlog.domain.escalation.AlertEvent.Forgotten;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Latched;
import io.twinlog.domain.escalation.AlertEvent.Opened;
import io.twinlog.domain.escalation.AlertEvent.Raised;
import io.twinlog.domain.escalation.AlertEvent.RecoveryFailed;
import io.twinlog.domain.escalation.AlertEvent.RecoveryRequested;
import io.twinlog.domain.escalation.AlertEvent.RecoverySucceeded;
import io.twinlog.domain.escalation.AlertEvent.Reminded;
import io.twinlog.domain.escalation.AlertEvent.Resolved;
import io.twinlog.domain.escalation.AlertEvent.Returned;
import io.twinlog.domain.escalation.AlertEvent.SnoozeEnded;
import io.twinlog.domain.escalation.AlertEvent.StepTaken;
import io.twinlog.domain.escalation.AlertEvent.Why;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.Policies.Trigger;
import io.twinlog.domain.escalation.Policy.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final StepTaken TOLD = new StepTaken(HIGH, 0, Policies.DEFAULT_TARGET, false);
  private static final StepTaken URGENT = new StepTaken(CRITICAL, 0, Policies.OPERATIONS, true);

  private final TestingAlert alert = new TestingAlert();

  private static CauseGone gone(long now) {
    return new CauseGone("g-1", TestingAlert.LOG_TIME + now);
  }

  private RecoveryEnded ended(long now, int attempt, boolean succeeded) {
    return new RecoveryEnded(
        "r-" + attempt, alert.state.opening(), attempt, succeeded, TestingAlert.LOG_TIME + now);
  }

  private Acknowledge acknowledge() {
    return new Acknowledge(alert.state.opening(), ANNA);
  }

  @Test
  void aLowErrorIsRecordedAndNoMore() {
    assertThat(alert.fails(0, LOW)).isEmpty();
    assertThat(alert.waits()).as("repeats are counted").isTrue();
    alert.passes(HOUR + 1);
    assertThat(alert.waits()).as("for repeats of the same record").isFalse();
    assertThat(alert.isNothing()).isTrue();
  }

  @Test
  void manyLowErrorsWithinAWindowAreAnAlert() {
    for (int i = 0; i < 19; i++) {
      assertThat(alert.fails(i * SECOND, LOW)).isEmpty();
    }
    assertThat(alert.fails(20 * SECOND, LOW)).singleElement().isInstanceOf(Opened.class);
    assertThat(alert.state.level()).isEqualTo(MEDIUM);
    assertThat(alert.state.severity()).isEqualTo(LOW);
    assertThat(alert.vitals.count()).isEqualTo(20);
  }

  @Test
  void manyLowErrorsOverALongTimeAreNone() {
    for (int i = 0; i < 100; i++) {
      assertThat(alert.fails(i * MINUTE, LOW)).isEmpty();
    }
  }

  @Test
  void aHighErrorIsToldAtOnceAndFoldsIntoOneAlert() {
    assertThat(alert.fails(0, HIGH)).hasSize(2).element(1).isEqualTo(TOLD);
    for (int i = 1; i < 30; i++) {
      assertThat(alert.fails(i * SECOND, i % 2 == 0 ? HIGH : LOW)).isEmpty();
    }
    assertThat(alert.fails(30 * SECOND, HIGH)).isEmpty();
    assertThat(alert.vitals.count()).isEqualTo(31);
    assertThat(alert.state.version()).isEqualTo(2);
  }

  @Test
  void goesUpWhenNobodyAcknowledgesIt() {
    alert.fails(0, HIGH);
    alert.passes(30 * MINUTE + 1);
    assertThat(alert.events())
        .endsWith(new Raised(CRITICAL, Why.UNACKNOWLEDGED, ""), URGENT, new RecoveryRequested(1));
    assertThat(alert.clocksOf(Raised.class)).containsExactly(30 * MINUTE);
    assertThat(alert.state.severity()).isEqualTo(HIGH);
  }

  /** What is at the same clock comes first; a deadline is what is past. */
  @Test
  void anAcknowledgementAtTheClockOfTheDeadlineComesBeforeIt() {
    alert.fails(0, HIGH);
    assertThat(alert.hears(30 * MINUTE, acknowledge())).containsExactly(new Acknowledged(ANNA));
    alert.passes(24 * HOUR);
    assertThat(alert.clocksOf(Raised.class)).isEmpty();
    assertThat(alert.state.assignee()).isEqualTo("anna");
  }

  @Test
  void aSecondCriticalErrorTellsNobodyAgain() {
    assertThat(alert.fails(0, CRITICAL)).contains(URGENT, new RecoveryRequested(1));
    assertThat(alert.fails(0, CRITICAL)).isEmpty();
    assertThat(alert.fails(5 * SECOND, CRITICAL)).isEmpty();
    assertThat(alert.vitals.count()).isEqualTo(3);
  }

  @Test
  void aWorseErrorRaisesItAtOnceAcknowledgedOrNot() {
    alert.fails(0, HIGH);
    alert.hears(SECOND, acknowledge());
    assertThat(alert.fails(2 * SECOND, HIGH)).isEmpty();
    assertThat(alert.fails(3 * SECOND, CRITICAL))
        .containsExactly(new Raised(CRITICAL, Why.WORSE, "e-3"), URGENT, new RecoveryRequested(1));
    assertThat(alert.state.phase()).isEqualTo(Phase.OPEN);
    assertThat(alert.state.causes()).containsExactly("e-1", "e-3");
  }

  @Test
  void whoHasAcknowledgedItIsNotToldOfRepeats() {
    alert.fails(0, MEDIUM);
    alert.hears(SECOND, acknowledge());
    for (int i = 0; i < 200; i++) {
      assertThat(alert.fails(2 * SECOND + i, MEDIUM)).isEmpty();
    }
  }

  @Test
  void manyErrorsOfAnOpenAlertRaiseIt() {
    alert.fails(0, MEDIUM);
    for (int i = 1; i < 50; i++) {
      assertThat(alert.fails(i, MEDIUM)).isEmpty();
    }
    assertThat(alert.fails(50, MEDIUM)).startsWith(new Raised(HIGH, Why.REPEATED, "e-51"));
  }

  @Test
  void isOverWhenItsCauseIsGone() {
    alert.fails(0, HIGH);
    assertThat(alert.hears(SECOND, gone(SECOND)))
        .containsExactly(new Resolved(How.RECOVERED, Resolved.NOBODY));
    assertThat(alert.hears(2 * SECOND, gone(2 * SECOND))).isEmpty();
    alert.passes(29 * 24 * HOUR);
    assertThat(alert.ended()).isFalse();
    alert.passes(31 * 24 * HOUR);
    assertThat(alert.events()).endsWith(new Forgotten());
    assertThat(alert.ended()).isTrue();
  }

  @Test
  void aCriticalOneStaysUntilSomebodyHasSeenIt() {
    alert.fails(0, CRITICAL);
    assertThat(alert.hears(SECOND, gone(SECOND))).containsExactly(new Latched("g-1"));
    alert.passes(HOUR + 1);
    assertThat(alert.events()).endsWith(new Reminded(Policies.OPERATIONS));
    assertThat(alert.clocksOf(RecoveryFailed.class)).isEmpty();
    assertThat(alert.hears(2 * HOUR, acknowledge()))
        .containsExactly(new Acknowledged(ANNA), new Resolved(How.ACKNOWLEDGED, ANNA));
  }

  @Test
  void isThereAgainWhenItsCauseComesBackBeforeAnybodyHasSeenIt() {
    alert.fails(0, CRITICAL);
    alert.hears(SECOND, gone(SECOND));
    assertThat(alert.fails(2 * SECOND, CRITICAL)).containsExactly(new Returned("e-2"));
    assertThat(alert.state.opening()).isEqualTo(1);
  }

  @Test
  void theNextErrorAfterItsEndOpensAnotherOne() {
    alert.fails(0, HIGH);
    alert.hears(SECOND, gone(SECOND));
    long before = alert.state.opening();
    assertThat(alert.fails(2 * SECOND, HIGH)).hasSize(2).contains(TOLD);
    assertThat(alert.state.opening()).isEqualTo(4);
    assertThat(alert.vitals.count()).isEqualTo(1);
    assertThat(alert.decides(3 * SECOND, new Resolve(before, ANNA)))
        .isInstanceOf(Decision.Refused.class)
        .extracting(d -> ((Decision.Refused<AlertEvent>) d).reasons().get(0).code())
        .isEqualTo("unknown_alert");
  }

  @Test
  void isRecoveredByAttemptsThatWaitLongerEachTime() {
    alert.fails(0, CRITICAL);
    for (int attempt = 1; attempt < 5; attempt++) {
      long asked = alert.state.recovery().at();
      alert.hears(asked + SECOND, ended(asked + SECOND, attempt, false));
      alert.passes(asked + 10 * MINUTE < HOUR ? alert.vitals.next() + 1 : HOUR);
    }
    assertThat(alert.clocksOf(RecoveryRequested.class))
        .containsExactly(0L, 11 * SECOND, 32 * SECOND, 73 * SECOND, 154 * SECOND);
    assertThat(alert.hears(155 * SECOND, ended(155 * SECOND, 5, true)))
        .containsExactly(new RecoverySucceeded(5, "r-5"), new Latched("r-5"));
  }

  @Test
  void anAttemptOfWhichNothingIsHeardHasFailed() {
    alert.fails(0, CRITICAL);
    alert.passes(MINUTE + 1);
    assertThat(alert.events()).endsWith(new RecoveryFailed(1, "", false));
    assertThat(alert.hears(MINUTE + SECOND, ended(MINUTE + SECOND, 1, true)))
        .as("it comes too late")
        .isEmpty();
  }

  @Test
  void whenNoAttemptHelpsItIsToldAgain() {
    alert.fails(0, CRITICAL);
    alert.passes(HOUR);
    assertThat(alert.clocksOf(RecoveryRequested.class)).hasSize(5);
    assertThat(alert.events())
        .endsWith(new RecoveryFailed(5, "", true), new Reminded(Policies.OPERATIONS));
  }

  @Test
  void aSnoozeHoldsTheLadder() {
    alert.fails(0, HIGH);
    alert.hears(10 * MINUTE, new Snooze(1, ANNA, HOUR));
    alert.fails(40 * MINUTE, HIGH);
    alert.passes(70 * MINUTE + 1);
    assertThat(alert.events()).endsWith(new SnoozeEnded());
    alert.passes(91 * MINUTE);
    assertThat(alert.clocksOf(Raised.class))
        .as("twenty minutes were left")
        .containsExactly(90 * MINUTE);
  }

  @Test
  void aSecondSnoozeHoldsItForAsLongAsBoth() {
    alert.fails(0, HIGH);
    alert.hears(5 * MINUTE, new Snooze(1, ANNA, HOUR));
    alert.fails(40 * MINUTE, HIGH);
    alert.hears(60 * MINUTE, new Snooze(1, ANNA, HOUR));
    alert.fails(95 * MINUTE, HIGH);
    alert.passes(3 * HOUR);
    assertThat(alert.clocksOf(Raised.class))
        .as("twenty-five minutes were left at two hours")
        .containsExactly(145 * MINUTE);
  }

  @Test
  void aStateIsOverWhenItsSourceSaysSoAndNotWhenItIsQuiet() {
    alert.publish(watching(1));
    alert.isOffline(0);
    alert.passes(10 * MINUTE);
    alert.decides(10 * MINUTE, new Acknowledge(alert.state.opening(), ANNA));
    alert.passes(200 * HOUR);
    assertThat(alert.state.phase()).isEqualTo(Phase.ACKNOWLEDGED);

    alert.hears(200 * HOUR, gone(200 * HOUR));
    assertThat(alert.state.phase()).isEqualTo(Phase.RESOLVED);
  }

  @Test
  void whatIsOverCountsNoMore() {
    alert.fails(0, MEDIUM);
    alert.fails(SECOND, MEDIUM);
    alert.hears(MINUTE, gone(MINUTE));
    alert.fails(2 * MINUTE, Severity.LOW);
    assertThat(alert.vitals.count()).isEqualTo(2);
    assertThat(alert.vitals.lastAt()).isLessThan(TestingAlert.LOG_TIME + MINUTE);
  }

  @Test
  void isOverWhenNothingIsHeardForLong() {
    alert.fails(0, MEDIUM);
    alert.fails(10 * MINUTE, MEDIUM);
    alert.passes(70 * MINUTE + 1);
    assertThat(alert.events()).endsWith(new Resolved(How.QUIET, Resolved.NOBODY));
    assertThat(alert.clocksOf(Resolved.class)).containsExactly(70 * MINUTE);
  }

  @Test
  void isAssignedAndResolvedByCommand() {
    alert.fails(0, HIGH);
    assertThat(alert.hears(1, new Assign(1, ANNA, "bert"))).hasSize(1);
    assertThat(alert.hears(2, new Assign(1, ANNA, "bert"))).isEmpty();
    assertThat(alert.hears(3, new Resolve(1, ANNA)))
        .containsExactly(new Resolved(How.COMMAND, ANNA));
    assertThat(alert.state.assignee()).isEqualTo("bert");
  }

  @Test
  void keepsToThePoliciesUnderWhichItOpened() {
    alert.fails(0, HIGH);
    alert.publish(edited(7));
    alert.passes(30 * MINUTE);
    assertThat(alert.clocksOf(Raised.class)).isEmpty();
    alert.passes(30 * MINUTE + 1);
    assertThat(alert.clocksOf(Raised.class)).containsExactly(30 * MINUTE);
    alert.hears(31 * MINUTE, new Resolve(1, ANNA));

    alert.fails(40 * MINUTE, HIGH);
    assertThat(alert.state.policies()).isEqualTo(7);
    alert.passes(41 * MINUTE + 1);
    assertThat(alert.clocksOf(Raised.class)).containsExactly(30 * MINUTE, 41 * MINUTE);
  }

  /** Its first step comes late: who was told at a lower level is not reminded before. */
  @Test
  void nobodyIsRemindedOfALevelBeforeItBegan() {
    Policy high = Policies.DEFAULT.of(HIGH);
    Map<Severity, Policy> all = new HashMap<>(Policies.DEFAULT.bySeverity());
    all.put(
        HIGH,
        new Policy(
            true,
            high.steps(),
            high.repeats(),
            HOUR,
            0,
            high.quietAfter(),
            false,
            high.recovery()));
    List<Step> late = List.of(new Step(Policies.OPERATIONS, 5 * MINUTE, true));
    all.put(
        CRITICAL,
        new Policy(true, late, high.repeats(), 0, 10 * MINUTE, 0, true, Policy.Recovery.NONE));
    alert.publish(new Policies(1, all, List.of()));
    alert.fails(0, HIGH);

    alert.fails(50 * MINUTE, CRITICAL);
    alert.passes(66 * MINUTE);

    assertThat(alert.clocksOf(StepTaken.class)).containsExactly(0L, 55 * MINUTE);
    assertThat(alert.clocksOf(Reminded.class)).containsExactly(65 * MINUTE);
  }

  private static Policies edited(long version) {
    Map<Severity, Policy> all = new HashMap<>(Policies.DEFAULT.bySeverity());
    Policy high = all.get(HIGH);
    all.put(
        HIGH,
        new Policy(
            true,
            high.steps(),
            high.repeats(),
            MINUTE,
            high.remindEvery(),
            high.quietAfter(),
            false,
            high.recovery()));
    return new Policies(version, all, List.of());
  }

  /** High, when a device of the site is offline for five minutes. */
  private static Policies watching(long version) {
    Trigger offline =
        new Trigger("device.offline", new TreeMap<>(Map.of("site", "s-1")), HIGH, 5 * MINUTE);
    return new Policies(version, Policies.DEFAULT.bySeverity(), List.of(offline));
  }

  @Test
  void aStateThatNobodyAsksAboutIsNothing() {
    assertThat(alert.isOffline(0)).isEmpty();
    assertThat(alert.waits()).isFalse();
    assertThat(alert.isNothing()).isTrue();
  }

  @Test
  void aStateThatStaysOpensAnAlertAtItsDeadline() {
    alert.publish(watching(3));
    alert.isOffline(MINUTE);
    assertThat(alert.state.phase()).isEqualTo(Phase.PENDING);
    assertThat(alert.state.isShown()).isFalse();

    // Edited meanwhile: it keeps to those that asked for it.
    alert.publish(new Policies(4, Policies.DEFAULT.bySeverity(), List.of()));
    alert.passes(6 * MINUTE + 1);

    assertThat(alert.clocksOf(Opened.class)).containsExactly(6 * MINUTE);
    assertThat(alert.events()).contains(TOLD);
    assertThat(alert.state.policies()).isEqualTo(3);
    assertThat(alert.state.opening()).isEqualTo(2);
    assertThat(alert.state.firstAt()).isEqualTo(TestingAlert.LOG_TIME + MINUTE);
    assertThat(alert.vitals.count()).isEqualTo(1);
    alert.hears(7 * MINUTE, gone(7 * MINUTE));
    assertThat(alert.state.phase()).isEqualTo(Phase.RESOLVED);
  }

  @Test
  void aStateThatEndsInTimeIsAverted() {
    alert.publish(watching(3));
    alert.isOffline(MINUTE);
    alert.hears(6 * MINUTE, gone(6 * MINUTE));
    alert.passes(HOUR);

    assertThat(alert.clocksOf(Averted.class)).containsExactly(6 * MINUTE);
    assertThat(alert.clocksOf(Opened.class)).isEmpty();
    assertThat(alert.state.isShown()).isFalse();
    alert.passes(40L * 24 * HOUR);
    assertThat(alert.ended()).isTrue();
  }

  @Test
  void whatIsTellingElsewhereIsNoneOfItsTriggers() {
    Trigger elsewhere =
        new Trigger("device.offline", new TreeMap<>(Map.of("site", "s-2")), HIGH, 0);
    alert.publish(new Policies(3, Policies.DEFAULT.bySeverity(), List.of(elsewhere)));

    assertThat(alert.isOffline(0)).isEmpty();
  }

  @Test
  void anErrorDoesNotWaitForAStateToStay() {
    alert.publish(watching(3));
    alert.isOffline(MINUTE);
    alert.fails(2 * MINUTE, HIGH);

    assertThat(alert.clocksOf(Opened.class)).containsExactly(2 * MINUTE);
  }

  @Test
  void isToldAgainOnceADay() {
    alert.fails(0, MEDIUM);
    alert.hears(SECOND, gone(SECOND));
    alert.passes(24 * HOUR + 2 * SECOND);

    assertThat(alert.vitals.published()).isEqualTo(24 * HOUR + SECOND);
  }

  @Test
  void howOftenItCameIsToldEveryFiveMinutesAtMost() {
    alert.fails(0, HIGH);
    alert.projected(0);
    alert.fails(10 * SECOND, HIGH);
    assertThat(alert.isProjectionDue(299 * SECOND)).isFalse();
    assertThat(alert.isProjectionDue(300 * SECOND)).isTrue();
    alert.projected(300 * SECOND);
    assertThat(alert.isProjectionDue(700 * SECOND)).isFalse();
  }

  /** Whoever is to be told of it is not told behind the clock. */
  @Test
  void aRefreshThatIsMadeShorterCountsFromTheNextError() {
    alert.fails(0, HIGH);
    alert.projected(0);
    alert.fails(10 * SECOND, HIGH);
    Alert shorter =
        new Alert(
            new AlertRules(SECOND, HOUR, HOUR, HOUR),
            Policies.DEFAULT,
            version -> Policies.DEFAULT);

    assertThat(shorter.deadline(alert.vitals)).isEqualTo(300 * SECOND);
  }

  /** Whatever comes: the state is the fold, time goes forward, and each step is taken once. */
  @Test
  void holdsWhateverComes() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      TestingAlert any = new TestingAlert();
      any.publish(watching(1));
      long now = 0;
      for (int i = 0; i < 200 && !any.ended(); i++) {
        now += random.nextInt(10) == 0 ? random.nextInt(4_000_000) : random.nextInt(5_000);
        act(any, random, now);
      }
      assertThat(any.folded()).as("seed " + seed).isEqualTo(any.state);
      judgeSteps(any, seed);
    }
  }

  private static void act(TestingAlert any, Random random, long now) {
    long opening = any.state.opening();
    switch (random.nextInt(15)) {
      case 5 -> any.isOffline(now);
      case 0 -> any.hears(now, new CauseGone("g", now));
      case 1 -> any.decides(now, new Acknowledge(opening, ANNA));
      case 2 -> any.decides(now, new Snooze(opening, ANNA, random.nextInt(1_000_000)));
      case 3 ->
          any.hears(
              now,
              new RecoveryEnded(
                  "r", opening, any.state.recovery().number(), random.nextBoolean(), now));
      case 4 -> any.decides(now, new Resolve(opening + random.nextInt(2), ANNA));
      default -> any.fails(now, Severity.values()[random.nextInt(4)]);
    }
  }

  private static void judgeSteps(TestingAlert any, long seed) {
    Set<String> taken = new HashSet<>();
    for (AlertEvent event : any.events()) {
      if (event instanceof Opened || event instanceof Raised) {
        taken.clear();
      } else if (event instanceof StepTaken step) {
        assertThat(taken.add(step.level() + "/" + step.number())).as("seed " + seed).isTrue();
      }
    }
    assertThat(List.copyOf(any.log)).hasSize((int) any.state.version());
  }
}
