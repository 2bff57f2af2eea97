// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Acknowledge;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.Snooze;
import io.twinlog.domain.escalation.Matcher.Op;
import io.twinlog.domain.escalation.MutingFact.Hidden;
import io.twinlog.domain.escalation.MutingFact.Passed;
import io.twinlog.domain.escalation.MutingFact.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What mutes an alert, and what its groups hear of it. The alert is a real one. */
class MutingTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long CHECK = 5 * MINUTE;
  private static final List<Matcher> DEVICE = List.of(new Matcher("device", Op.EQUALS, "d-1"));
  private static final List<Matcher> SITE = List.of(new Matcher("site", Op.EQUALS, "s-1"));

  private final TestingAlert alert = new TestingAlert();
  private final Mutes mutes = new Mutes();
  private final Muting muting = new Muting(mutes, CHECK);
  private final List<String> facts = new ArrayList<>();
  private ToldAlert state = muting.initial(TestingAlert.KEY);
  private int heard;

  private static Moment at(long clock) {
    return TestingAlert.at(clock);
  }

  /** What the alert has done since the last time, as its job would tell it. */
  private void tells(long clock) {
    passes(clock);
    List<Recorded<AlertEvent>> fresh = alert.log.subList(heard, alert.log.size());
    List<AlertEvent> events = fresh.stream().map(Recorded::event).toList();
    heard = alert.log.size();
    take(
        muting.take(
            state,
            new AlertNews(
                alert.state,
                alert.vitals.count(),
                alert.vitals.lastAt(),
                AlertNews.calls(events),
                0,
                Grouping.DEFAULT),
            at(clock)));
  }

  private void passes(long until) {
    while (muting.deadline(state) < until) {
      long deadline = muting.deadline(state);
      take(muting.atDeadline(state, at(deadline)));
      assertThat(muting.deadline(state)).isGreaterThan(deadline);
    }
  }

  private void take(Gathered<ToldAlert, MutingFact> gathered) {
    state = gathered.state();
    for (MutingFact fact : gathered.facts()) {
      if (fact instanceof Shown shown) {
        facts.add(shown.news().state().phase() + " " + shown.mutedBy());
      } else if (fact instanceof Hidden hidden) {
        facts.add("hidden " + hidden.alertId());
      } else if (fact instanceof Passed passed) {
        GroupNews news = passed.news();
        facts.add(news.target() + ": " + news.from() + " to " + news.to());
      }
    }
  }

  private List<String> facts() {
    List<String> since = List.copyOf(facts);
    facts.clear();
    return since;
  }

  private void fails(long clock) {
    alert.fails(clock, Severity.HIGH);
    tells(clock);
  }

  @Test
  void passesOnWhatNothingMutes() {
    fails(0);

    assertThat(facts()).containsExactly("OPEN ", "default: OUT to FIRING");
  }

  @Test
  void tellsOfASilencedOneWhenTheSilenceEnds() {
    mutes.hear(new Mute("silence/s", "silence/s", SITE, 7 * MINUTE), 0);
    fails(SECOND);
    assertThat(facts()).containsExactly("OPEN silence/s");

    passes(7 * MINUTE);
    assertThat(facts()).isEmpty();
    passes(7 * MINUTE + 1);
    assertThat(facts()).containsExactly("OPEN ", "default: OUT to FIRING");
  }

  @Test
  void seesASilenceThatComesLaterWhenItLooksAgain() {
    fails(0);
    facts();
    mutes.hear(new Mute("silence/s", "silence/s", SITE, 60 * MINUTE), MINUTE);

    passes(CHECK + 1);
    assertThat(facts()).containsExactly("OPEN silence/s", "default: FIRING to MUTED");
    mutes.hear(Mute.over("silence/s", "silence/s"), 6 * MINUTE);
    passes(2 * CHECK + 1);
    assertThat(facts()).containsExactly("OPEN ", "default: MUTED to FIRING");
  }

  @Test
  void tellsTheGroupOfTheEndOfOneThatItKnows() {
    fails(0);
    mutes.hear(new Mute("silence/s", "silence/s", SITE, 60 * MINUTE), MINUTE);
    passes(CHECK + 1);
    facts();
    alert.hears(6 * MINUTE, new CauseGone("g", 0));
    tells(6 * MINUTE);

    assertThat(facts()).containsExactly("RESOLVED ", "default: MUTED to RESOLVED");
    assertThat(muting.deadline(state)).isEqualTo(Aggregate.NEVER);
  }

  @Test
  void saysNothingToAGroupOfOneThatItNeverKnew() {
    mutes.hear(new Mute("silence/s", "silence/s", SITE, 60 * MINUTE), 0);
    fails(SECOND);
    alert.hears(MINUTE, new CauseGone("g", 0));
    tells(MINUTE);

    assertThat(facts()).containsExactly("OPEN silence/s", "RESOLVED ");
  }

  @Test
  void aSnoozeMutesUntilItsEndIsNews() {
    fails(0);
    facts();
    alert.decides(SECOND, new Snooze(alert.state.opening(), TestingAlert.ANNA, 10 * MINUTE));
    tells(SECOND);
    assertThat(facts()).containsExactly("OPEN snooze", "default: FIRING to MUTED");
    alert.passes(10 * MINUTE + SECOND + 1);
    tells(10 * MINUTE + SECOND);

    assertThat(facts()).containsExactly("OPEN ", "default: MUTED to FIRING");
  }

  @Test
  void tellsTheGroupThatSomebodyDealsWithIt() {
    fails(0);
    facts();
    alert.decides(SECOND, new Acknowledge(alert.state.opening(), TestingAlert.ANNA));
    tells(SECOND);

    assertThat(facts()).containsExactly("ACKNOWLEDGED ", "default: FIRING to ACKNOWLEDGED");
  }

  @Test
  void noAlertMutesItself() {
    String id = TestingAlert.KEY + "-1";
    mutes.hear(new Mute("x", Mute.ALERT + id, SITE, Aggregate.NEVER), 0);
    fails(SECOND);

    assertThat(facts()).startsWith("OPEN ");
  }

  @Test
  void looksAtNoAlertThatNobodyIsToldOf() {
    alert.fails(0, Severity.MEDIUM);
    tells(0);

    assertThat(muting.deadline(state)).isEqualTo(Aggregate.NEVER);
  }

  @Test
  void aTableTellsWhatWasSoAtAClockThatHasNotPassed() {
    Map<String, String> labels = Map.of("site", "s-1");
    mutes.hear(new Mute("a", "silence/a", SITE, 100), 10);
    mutes.hear(new Mute("a", "silence/a", SITE, 300), 50);
    mutes.hear(Mute.over("a", "silence/a"), 200);

    assertThat(List.of(9L, 10L, 49L, 50L, 199L, 200L))
        .extracting(clock -> mutes.of("x", labels, clock).isPresent())
        .containsExactly(false, true, true, true, true, false);
    mutes.forget(50);
    assertThat(mutes.spans()).hasSize(1);
    mutes.forget(200);
    assertThat(mutes.spans()).isEmpty();
  }

  @Test
  void aTableHoldsSoManyAndSaysHowManyWereTooMany() {
    for (int i = 0; i <= Mutes.MAX; i++) {
      mutes.hear(new Mute("m-" + i, "silence/" + i, SITE, Aggregate.NEVER), 10);
    }

    assertThat(mutes.spans()).hasSize(Mutes.MAX);
    assertThat(mutes.refused()).isEqualTo(1);
  }

  @Test
  void alertsThatMuteOthersLeaveRoomForSilences() {
    for (int i = 0; i <= Mutes.MAX; i++) {
      mutes.hear(new Mute("a-" + i, "alert/" + i, SITE, Aggregate.NEVER), 10);
    }

    mutes.hear(new Mute("silence/s", "silence/s", DEVICE, Aggregate.NEVER), 10);

    assertThat(mutes.refused()).isEqualTo(1);
    assertThat(mutes.of("x", Map.of("device", "d-1"), 10)).isPresent();
  }

  @Test
  void whatEndsMakesRoom() {
    for (int i = 0; i < Mutes.MAX; i++) {
      mutes.hear(new Mute("m-" + i, "silence/" + i, SITE, i == 0 ? 20 : 100), 10);
    }
    mutes.hear(Mute.over("m-1", "silence/1"), 15);
    Mutes restored = new Mutes();
    mutes.spans().forEach(restored::restore);

    for (Mutes table : List.of(mutes, restored)) {
      table.hear(new Mute("n-1", "silence/n-1", SITE, 100), 15);
      table.hear(new Mute("n-2", "silence/n-2", SITE, 100), 19);
      assertThat(table.refused()).isEqualTo(1);
      table.hear(new Mute("n-3", "silence/n-3", SITE, 100), 20);
      assertThat(table.refused()).isEqualTo(1);
    }
  }

  /** What is looked up is what a scan of all that holds would find. */
  @Test
  void findsWhatAScanFinds() {
    Random random = new Random(7);
    List<String> values = List.of("", "1", "2", "3");
    for (int clock = 0; clock < 2_000; clock++) {
      String id = "m-" + random.nextInt(40);
      List<Matcher> matchers = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        Op op = random.nextInt(4) > 0 ? Op.EQUALS : Op.DIFFERS;
        matchers.add(new Matcher("l-" + random.nextInt(3), op, values.get(random.nextInt(4))));
      }
      Mute mute = new Mute(id, "silence/" + id, matchers, clock + 1 + random.nextInt(60));
      mutes.hear(random.nextInt(4) == 0 ? Mute.over(id, mute.by()) : mute, clock);
      Map<String, String> labels =
          Map.of("l-0", values.get(random.nextInt(4)), "l-1", values.get(random.nextInt(4)));
      int at = clock;
      assertThat(mutes.of("x", labels, clock))
          .isEqualTo(
              mutes.spans().stream()
                  .filter(span -> span.from() <= at && at < span.until())
                  .map(Mutes.Span::mute)
                  .filter(held -> Matcher.allFit(held.matchers(), labels))
                  .findFirst());
      if (clock % 10 == 0) {
        mutes.forget(clock);
      }
    }
  }
}
