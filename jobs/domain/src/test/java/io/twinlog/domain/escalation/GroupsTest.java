// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static io.twinlog.domain.Severity.CRITICAL;
import static io.twinlog.domain.Severity.HIGH;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.GroupNews.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a group is told of, and as what. */
class GroupsTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long LOG_TIME = 1_767_225_600_000L;

  private final Groups groups = new Groups();
  private final Map<String, Standing> standings = new HashMap<>();
  private final Map<String, Severity> levels = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private GroupState state = groups.initial("ops");

  private static Moment at(long clock) {
    return new Moment(clock, LOG_TIME + clock);
  }

  private void passes(long until) {
    while (groups.deadline(state) < until) {
      long deadline = groups.deadline(state);
      take(groups.atDeadline(state, at(deadline)), deadline);
      assertThat(groups.deadline(state)).isGreaterThan(deadline);
    }
  }

  private void take(Gathered<GroupState, Telling> gathered, long clock) {
    state = gathered.state();
    for (Telling telling : gathered.facts()) {
      told.add(
          "%d %s %d %s"
              .formatted(
                  clock / SECOND,
                  telling.why(),
                  telling.group().counts().seen(),
                  telling.group().folded() ? "folded" : telling.alerts().size()));
    }
  }

  private void hears(long clock, String alert, Standing to, Severity level, boolean called) {
    passes(clock);
    if (groups.ended(state)) {
      state = groups.initial("ops");
    }
    Standing from = standings.getOrDefault(alert, Standing.OUT);
    Severity fromLevel = levels.getOrDefault(alert, Severity.LOW);
    Member member =
        new Member(
            alert, 1, level, alert, "hot", "it is", new TreeMap<>(), LOG_TIME, List.of("e-1"));
    GroupNews news =
        new GroupNews(
            "ops",
            1,
            level == CRITICAL,
            called,
            from,
            to,
            fromLevel,
            member,
            Grouping.DEFAULT,
            to == Standing.RESOLVED ? LOG_TIME + clock : 0);
    take(groups.take(state, news, at(clock)), clock);
    if (to == Standing.RESOLVED) {
      standings.remove(alert);
      levels.remove(alert);
    } else {
      standings.put(alert, to);
      levels.put(alert, level);
    }
  }

  private void fires(long clock, String alert) {
    hears(clock, alert, Standing.FIRING, HIGH, true);
  }

  private void resolves(long clock, String alert) {
    hears(clock, alert, Standing.RESOLVED, HIGH, false);
  }

  @Test
  void tellsOfThoseThatComeWithinTheWaitAtOnce() {
    fires(0, "a");
    fires(29 * SECOND, "b");
    passes(MINUTE);

    assertThat(told).containsExactly("30 NEW 2 2");
  }

  @Test
  void waitsForTheIntervalWhenItChanges() {
    fires(0, "a");
    fires(MINUTE, "b");
    resolves(2 * MINUTE, "a");
    passes(HOUR);

    assertThat(told).containsExactly("30 NEW 1 1", "330 CHANGED 1 2");
  }

  @Test
  void doesNotWaitWithWhatIsUrgent() {
    fires(0, "a");
    hears(MINUTE, "b", Standing.FIRING, CRITICAL, true);
    passes(HOUR);

    assertThat(told).containsExactly("30 NEW 1 1", "65 CHANGED 2 2");
  }

  @Test
  void saysNothingOfWhatIsOverBeforeItIsTold() {
    fires(0, "a");
    resolves(10 * SECOND, "a");
    passes(HOUR);

    assertThat(told).isEmpty();
    assertThat(groups.ended(state)).isTrue();
  }

  @Test
  void repeatsWhatLastsUntilSomebodyAcknowledgesAllOfIt() {
    fires(0, "a");
    fires(0, "b");
    passes(5 * HOUR);
    hears(5 * HOUR, "a", Standing.ACKNOWLEDGED, HIGH, false);
    passes(9 * HOUR);
    hears(9 * HOUR, "b", Standing.ACKNOWLEDGED, HIGH, false);
    passes(100 * HOUR);

    assertThat(told)
        .containsExactly(
            "30 NEW 2 2", 4 * 3_600 + 30 + " REPEAT 2 2", 8 * 3_600 + 30 + " REPEAT 2 2");
    assertThat(groups.deadline(state)).isEqualTo(Aggregate.NEVER);
  }

  @Test
  void endsWithTheLast() {
    fires(0, "a");
    fires(0, "b");
    resolves(10 * MINUTE, "a");
    resolves(11 * MINUTE, "b");
    passes(HOUR);

    assertThat(told).containsExactly("30 NEW 2 2", "630 CHANGED 1 2", "930 RESOLVED 0 1");
    assertThat(groups.ended(state)).isTrue();
  }

  @Test
  void remindsOfOneThatAPolicyCallsAgain() {
    fires(0, "a");
    fires(HOUR, "a");
    passes(2 * HOUR);

    assertThat(told).containsExactly("30 NEW 1 1", "3630 REMINDER 1 1");
  }

  @Test
  void leavesOutWhatIsMutedAndTellsOfItAfterwards() {
    fires(0, "a");
    fires(0, "b");
    hears(10 * SECOND, "a", Standing.MUTED, HIGH, false);
    passes(HOUR);
    fires(HOUR, "a");
    passes(2 * HOUR);

    assertThat(told).containsExactly("30 NEW 1 1", "3630 CHANGED 2 2");
  }

  @Test
  void tellsOfTheEndOfWhatWasToldAndIsMuted() {
    fires(0, "a");
    hears(MINUTE, "a", Standing.MUTED, HIGH, false);
    passes(HOUR);
    resolves(HOUR, "a");
    passes(2 * HOUR);

    assertThat(told).containsExactly("30 NEW 1 1", "3630 RESOLVED 0 1");
  }

  @Test
  void repeatsAgainAfterAMuteThatTheRepeatFellInto() {
    fires(0, "a");
    hears(HOUR, "a", Standing.MUTED, HIGH, false);
    hears(5 * HOUR, "a", Standing.FIRING, HIGH, false);
    passes(10 * HOUR);

    assertThat(told)
        .containsExactly("30 NEW 1 1", "18030 REPEAT 1 1", 18_030 + 4 * 3_600 + " REPEAT 1 1");
  }

  @Test
  void tellsAtOnceOfWhatHasBecomeWorseWhileItWasMuted() {
    fires(0, "a");
    hears(MINUTE, "a", Standing.MUTED, HIGH, false);
    hears(2 * MINUTE, "a", Standing.MUTED, CRITICAL, true);
    hears(3 * MINUTE, "a", Standing.FIRING, CRITICAL, false);
    passes(HOUR);

    assertThat(told).containsExactly("30 NEW 1 1", "185 REMINDER 1 1");
  }

  @Test
  void saysNothingOfOneThatComesAndIsMutedBeforeItIsTold() {
    fires(0, "a");
    fires(MINUTE, "b");
    hears(MINUTE + SECOND, "b", Standing.MUTED, HIGH, false);
    passes(HOUR);

    assertThat(told).containsExactly("30 NEW 1 1");
  }

  @Test
  void foldsTooManyAndSpeaksAgainWhenTheyHaveDoubledOrGone() {
    for (int i = 0; i < 30; i++) {
      fires(0, "a-" + i);
    }
    for (int i = 0; i < 29; i++) {
      fires(10 * MINUTE, "b-" + i);
    }
    fires(20 * MINUTE, "c");
    passes(30 * MINUTE);
    for (String alert : List.copyOf(standings.keySet())) {
      resolves(30 * MINUTE, alert);
    }
    passes(HOUR);

    assertThat(told)
        .containsExactly("30 NEW 30 folded", "1230 CHANGED 60 folded", "1830 RESOLVED 0 folded");
    assertThat(groups.ended(state)).isTrue();
  }

  @Test
  void speaksOfAFoldedGroupWhenItGetsWorse() {
    for (int i = 0; i < 30; i++) {
      fires(0, "a-" + i);
    }
    hears(MINUTE, "worse", Standing.FIRING, CRITICAL, true);
    passes(2 * MINUTE);

    assertThat(told).containsExactly("30 NEW 30 folded", "65 CHANGED 31 folded");
  }

  @Test
  void keepsNoMoreThanItLists() {
    for (int i = 0; i < 10_000; i++) {
      fires(i, "a-" + i);
    }

    assertThat(state.members()).hasSizeLessThanOrEqualTo(Grouping.DEFAULT.foldAbove());
    assertThat(state.counts().seen()).isEqualTo(10_000);
  }

  /** Whatever comes: the counts are those of its alerts, and who is told of an end was told. */
  @Test
  void countsItsAlertsWhateverComes() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      GroupsTest any = new GroupsTest();
      long now = 0;
      for (int i = 0; i < 300; i++) {
        now += random.nextInt(20) == 0 ? random.nextInt(20_000_000) : random.nextInt(60_000);
        String alert = "a-" + random.nextInt(1 + random.nextInt(40));
        Standing to = Standing.values()[1 + random.nextInt(4)];
        Standing from = any.standings.getOrDefault(alert, Standing.OUT);
        if (from == Standing.OUT && to != Standing.FIRING) {
          continue;
        }
        any.hears(now, alert, to, Severity.values()[random.nextInt(4)], random.nextBoolean());
        any.judge("seed " + seed);
      }
    }
  }

  private void judge(String of) {
    Map<Standing, Integer> counts = new HashMap<>();
    standings.values().forEach(standing -> counts.merge(standing, 1, Integer::sum));
    assertThat(state.counts().firing()).as(of).isEqualTo(counts.getOrDefault(Standing.FIRING, 0));
    assertThat(state.counts().acknowledged())
        .as(of)
        .isEqualTo(counts.getOrDefault(Standing.ACKNOWLEDGED, 0));
    assertThat(state.counts().muted()).as(of).isEqualTo(counts.getOrDefault(Standing.MUTED, 0));
    if (!told.isEmpty()) {
      assertThat(told.get(0)).as(of).contains(" NEW ");
    }
  }
}
