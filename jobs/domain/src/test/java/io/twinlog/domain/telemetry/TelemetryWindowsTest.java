// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.DAY;
import static io.twinlog.domain.telemetry.Quality.HOUR;
import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.MINUTE;
import static io.twinlog.domain.telemetry.Quality.SECOND;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.collected;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static io.twinlog.domain.telemetry.TestingDevice.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.TelemetryFact.LatestTold;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When windows are told, told again, and closed for good: lateness 1 min, kept for 1 h. */
class TelemetryWindowsTest {
  private final TestingDevice device =
      new TestingDevice(new Quality.Draft().statistics(MINUTE, HOUR).rules())
          .registered("m", clock(0));

  /** A value of t at this event time, at the same log time. */
  private List<TelemetryFact> live(long millis, double value) {
    return device.apply(collected(MIDNIGHT + millis, "t", value), clock(millis));
  }

  /** The same, at a log time of its own. */
  private List<TelemetryFact> at(long clock, long millis, double value) {
    return device.apply(collected(MIDNIGHT + millis, "t", value), clock(clock));
  }

  private static List<String> minutes(List<TelemetryFact> facts) {
    return told(facts, WindowSize.MINUTE);
  }

  @Test
  void aWindowIsToldWhenTheNewestTimeHasPassedItsEndByTheLateness() {
    live(0, 1);
    assertThat(minutes(live(59_999, 3))).isEmpty();
    assertThat(minutes(live(MINUTE, 5))).isEmpty();
    assertThat(minutes(live(2 * MINUTE - 1, 7))).isEmpty();

    List<TelemetryFact> facts = live(2 * MINUTE, 9);
    assertThat(minutes(facts)).containsExactly("t@0 2 r1");
    WindowTold window = (WindowTold) facts.get(1);
    assertThat(window.start()).isEqualTo(MIDNIGHT);
    assertThat(window.statistics()).isEqualTo(new Statistics(2, 1, 3, 2, 1, 1, 1, 1, 3));
  }

  @Test
  void aLateRecordChangesAClosedWindowAtOnce() {
    live(0, 1);
    live(2 * MINUTE, 9);

    assertThat(minutes(at(2 * MINUTE, 30 * SECOND, 3))).containsExactly("t@0 2 r2");
    assertThat(minutes(at(2 * MINUTE, 40 * SECOND, 3))).containsExactly("t@0 3 r3");
  }

  @Test
  void aWindowIsClosedForGoodWhenItIsKeptNoLonger() {
    live(0, 1);
    live(2 * MINUTE, 9);
    assertThat(minutes(at(3 * MINUTE, 2 * MINUTE + HOUR - 1, 9))).containsExactly("t@2 1 r1");
    assertThat(minutes(at(3 * MINUTE, 0, 9))).containsExactly("t@0 2 r2");
    assertThat(minutes(at(3 * MINUTE, 2 * MINUTE + HOUR, 9))).containsExactly("t@0 2 r3 last");

    List<TelemetryFact> late = at(3 * MINUTE, 59_999, 5);
    assertThat(minutes(late)).isEmpty();
    assertThat(record(late).flags())
        .contains(
            new Flag("", "too_late", false, "a window that it belongs to is closed for good"));
    assertThat(device.vitals.tooLate()).isEqualTo(1);
    // The larger windows are open still, and have it.
    assertThat(told(device.silentForGood(), WindowSize.DAY))
        .containsExactly("t@0 6 r2", "t@0 6 r3 last");
  }

  @Test
  void silenceTellsAllThatHasChangedAndLaterClosesItForGood() {
    live(0, 1);
    live(10 * SECOND, 2);

    assertThat(device.silentUntil(clock(10 * SECOND + MINUTE - 1))).isEmpty();
    List<TelemetryFact> silent = device.silentUntil(clock(10 * SECOND + MINUTE));
    assertThat(minutes(silent)).containsExactly("t@0 2 r1");
    assertThat(told(silent, WindowSize.HOUR)).containsExactly("t@0 2 r1");
    assertThat(told(silent, WindowSize.DAY)).containsExactly("t@0 2 r1");

    assertThat(device.silentUntil(clock(2 * MINUTE + HOUR - 1))).isEmpty();
    assertThat(minutes(device.silentUntil(clock(2 * MINUTE + HOUR))))
        .containsExactly("t@0 2 r2 last");
    assertThat(told(device.silentUntil(clock(2 * HOUR + MINUTE)), WindowSize.HOUR))
        .containsExactly("t@0 2 r2 last");
    assertThat(device.silentUntil(clock(DAY + HOUR + MINUTE - 1)))
        .hasSize(1)
        .hasOnlyElementsOfType(LatestTold.class);
    assertThat(told(device.silentUntil(clock(DAY + HOUR + MINUTE)), WindowSize.DAY))
        .containsExactly("t@0 2 r2 last");
  }

  @Test
  void aDeviceThatWasSilentGoesOnWhereItsWindowsStand() {
    live(0, 1);
    device.silentUntil(clock(30 * MINUTE));

    List<TelemetryFact> facts = new ArrayList<>();
    for (int second = 10; second <= 30 * 60; second += 10) {
      facts.addAll(at(30 * MINUTE + second, second * SECOND, 2));
    }
    assertThat(record(facts).flags()).isEmpty();
    assertThat(minutes(facts)).startsWith("t@0 6 r2", "t@1 6 r1").hasSize(29);
    assertThat(told(device.silentForGood(), WindowSize.HOUR))
        .containsExactly("t@0 181 r2", "t@0 181 r3 last");
    assertThat(device.vitals.tooLate()).isZero();
  }

  @Test
  void aBacklogFindsClosedWhatSilenceHasClosedAndTheRestOpen() {
    live(10 * MINUTE, 1);
    device.silentUntil(clock(3 * HOUR));
    // Event time went on with the clock: minutes and hours that had values are closed for good.
    assertThat(record(at(3 * HOUR, 10 * MINUTE + 1, 2)).flags())
        .extracting(Flag::path)
        .containsExactly("too_late");
    // The next hour had none, and nothing was told of it.
    assertThat(record(at(3 * HOUR, HOUR, 2)).flags()).isEmpty();
    assertThat(device.vitals.tooLate()).isEqualTo(1);
    assertThat(told(device.silentForGood(), WindowSize.DAY))
        .containsExactly("t@0 3 r2", "t@0 3 r3 last");
  }

  @Test
  void aRejectedRecordCountsInNothingAndMovesNoTime() {
    device.rules(
        new Quality.Draft()
            .metric("t", 1, new Check.Range(0, 10, Cost.HARD))
            .statistics(MINUTE, HOUR)
            .rules());
    live(0, 1);

    assertThat(live(5 * DAY, 11)).hasSize(1);
    assertThat(device.vitals.present().newest()).isEqualTo(MIDNIGHT);
    assertThat(at(5 * DAY, 1, 11)).hasSize(1);
    device.silentForGood();
    assertThat(device.windows()).hasSize(3).allMatch(told -> told.statistics().count() == 1);
    assertThat(device.vitals.tooLate()).isZero();
  }

  @Test
  void textsAndFlagsAreInNoStatistics() {
    device.apply(collected(MIDNIGHT, "door", "open", "on", true, "t", 1), clock(0));
    device.silentForGood();

    assertThat(device.windows()).hasSize(3).allMatch(told -> told.metric().equals("t"));
  }

  @Test
  void aBackfillHasALaneOfItsOwn() {
    live(HOUR, 1);
    List<TelemetryFact> old = at(HOUR, HOUR - 365 * DAY, 2);
    assertThat(record(old).flags()).extracting(Flag::path).containsExactly("backfill");
    assertThat(record(live(HOUR + SECOND, 1)).flags()).isEmpty();
    at(HOUR + SECOND, HOUR + 5 * MINUTE - 365 * DAY, 2);

    assertThat(minutes(device.facts)).containsExactly("t@-525540 1 r1");
    assertThat(device.vitals.presentFrom()).isEqualTo(MIDNIGHT - 2 * DAY);
    assertThat(device.vitals.tooLate()).isZero();
  }

  @Test
  void stragglersFromBeforeTheFirstMidnightAreOfThePresentAndSpoilNoBackfill() {
    live(HOUR, 1);
    assertThat(minutes(at(HOUR, HOUR - 2 * DAY, 3))).isEmpty();
    assertThat(device.vitals.past()).isEqualTo(Lane.EMPTY);

    assertThat(record(at(HOUR, -365 * DAY, 2)).flags())
        .extracting(Flag::path)
        .containsExactly("backfill");
  }

  @Test
  void aBackfillChangesNothingOfTheLatestValuesThatThePresentHas() {
    live(HOUR, 1);

    assertThat(at(HOUR, -300 * DAY, 2)).noneMatch(LatestTold.class::isInstance);
    List<TelemetryFact> other = device.apply(collected(MIDNIGHT - 300 * DAY, "u", 2), clock(HOUR));
    assertThat(other).anyMatch(LatestTold.class::isInstance);
    assertThat(live(HOUR + 1, 1)).anyMatch(LatestTold.class::isInstance);
    assertThat(at(HOUR + 1, HOUR, 1)).noneMatch(LatestTold.class::isInstance);
  }

  @Test
  void theLanesPartAtAMidnightThatNoWindowReachesOver() {
    // A backfill that reaches into today: today is of the past, and the present begins tomorrow.
    device.apply(collected(MIDNIGHT - 3 * DAY, "t", 1), clock(HOUR));
    device.apply(collected(MIDNIGHT + 10, "t", 1), clock(HOUR + 2 * DAY + MINUTE));
    assertThat(device.vitals.presentFrom()).isEqualTo(Long.MAX_VALUE);

    live(DAY - 1, 2);
    assertThat(device.vitals.presentFrom()).isEqualTo(MIDNIGHT + DAY);
    assertThat(device.vitals.present()).isEqualTo(Lane.EMPTY);
    live(DAY, 3);
    assertThat(device.vitals.present().newest()).isEqualTo(MIDNIGHT + DAY);
    assertThat(device.vitals.past().newest()).isEqualTo(MIDNIGHT + DAY - 1);
  }

  @Test
  void theOldestWindowsMakeRoomWhenThereAreTooManyBytes() {
    TelemetryLimits small = new TelemetryLimits(8, 2_000, 0, DAY, DAY);
    TestingDevice crowded =
        new TestingDevice(
            new Quality.Draft().statistics(MINUTE, 10 * HOUR).rules(), small, QualityChecks.NONE);
    crowded.registered("m", clock(0));
    for (int minute = 0; minute < 120; minute++) {
      crowded.apply(collected(MIDNIGHT + minute * MINUTE, "t", 1), clock(minute * MINUTE));
      assertThat(crowded.vitals.present().windowBytes()).isBetween(1, 2_000);
    }

    assertThat(crowded.windows().stream().filter(WindowTold::last)).hasSizeGreaterThan(90);
    assertThat(crowded.vitals.tooLate()).isZero();
    List<TelemetryFact> late = crowded.apply(collected(MIDNIGHT, "t", 1), clock(120 * MINUTE));
    assertThat(record(late).flags()).extracting(Flag::path).contains("too_late");
    crowded.silentForGood();
    assertThat(crowded.windows().stream().mapToLong(w -> w.statistics().count()).sum())
        .isEqualTo(120 * 3 + 1);
  }

  @Test
  void whatALateRecordTakesFromTheShelfGoesBackBeforeAnythingMakesRoom() {
    TelemetryLimits small = new TelemetryLimits(8, 3_000, 0, DAY, DAY);
    TestingDevice crowded =
        new TestingDevice(
            new Quality.Draft().statistics(MINUTE, 10 * HOUR).rules(), small, QualityChecks.NONE);
    crowded.registered("m", clock(0));
    int minute = 0;
    while (crowded.vitals.present().windowBytes() < 2_880) {
      crowded.apply(collected(MIDNIGHT + minute * MINUTE, "t", 1), clock(minute * MINUTE));
      minute++;
    }
    assertThat(crowded.windows()).noneMatch(WindowTold::last);

    // Off the shelf they take more room than there is; on it, again, they do not.
    int late = minute - 3;
    List<TelemetryFact> facts =
        crowded.apply(collected(MIDNIGHT + late * MINUTE, "t", 1), clock(minute * MINUTE));
    assertThat(minutes(facts)).containsExactly("t@%d 2 r2".formatted(late));
    assertThat(crowded.vitals.present().windowBytes()).isBetween(1, 3_000);
    crowded.silentForGood();
    assertThat(counted(crowded, WindowSize.MINUTE)).isEqualTo(minute + 1);
  }

  @Test
  void allOfAFullShelfLeavesItInOrderWithOneRecord() {
    for (int minute = 0; minute < 55; minute++) {
      live(minute * MINUTE, minute);
    }
    List<String> last = minutes(at(55 * MINUTE, 5 * HOUR, 1));

    assertThat(last).hasSize(55);
    assertThat(last.subList(0, 53))
        .isEqualTo(IntStream.range(0, 53).mapToObj("t@%d 1 r2 last"::formatted).toList());
    // Those two were not told yet: once, and for good, will do.
    assertThat(last.subList(53, 55)).containsExactly("t@53 1 r1 last", "t@54 1 r1 last");
  }

  @Test
  void aWindowLargerThanAllRoomEndsAndNothingHangs() {
    TelemetryLimits tiny = new TelemetryLimits(8, 1, 0, DAY, DAY);
    TestingDevice crowded =
        new TestingDevice(new Quality.Draft().rules(), tiny, QualityChecks.NONE);

    assertThat(minutes(crowded.apply(collected(MIDNIGHT, "t", 1), clock(0))))
        .containsExactly("t@0 1 r1 last");
    assertThat(crowded.vitals.present().windowBytes()).isZero();
    assertThat(minutes(crowded.apply(collected(MIDNIGHT + 1, "t", 1), clock(1)))).isEmpty();
    assertThat(crowded.vitals.tooLate()).isEqualTo(1);
    assertThat(minutes(crowded.apply(collected(MIDNIGHT + MINUTE, "t", 1), clock(1))))
        .containsExactly("t@1 1 r1 last");
  }

  @Test
  void metricsBeyondTheirNumberAreRecordedAndFlagged() {
    TelemetryLimits two = new TelemetryLimits(2, 2_000, 0, DAY, DAY);
    TestingDevice wide = new TestingDevice(new Quality.Draft().rules(), two, QualityChecks.NONE);
    wide.registered("m", clock(0));

    ScoredRecord record =
        record(wide.apply(collected(MIDNIGHT, "c", 1, "b", "text", "a", 3), clock(0)));
    assertThat(record.flags())
        .containsExactly(
            new Flag(
                "a",
                "too_many_metrics",
                false,
                "the device has more than 2 metrics: no statistics of this one"));
    assertThat(record.measurement().values()).hasSize(3);
    wide.silentForGood();
    assertThat(wide.windows()).extracting(WindowTold::metric).containsOnly("c");
  }

  @Test
  void everyWindowIsClosedForGoodOnceWithAllThatWasNotTooLate() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      TestingDevice any =
          new TestingDevice(
              new Quality.Draft()
                  .statistics(random.nextInt(3) * MINUTE, random.nextInt(90) * MINUTE)
                  .rules());
      long now = random.nextInt((int) DAY);
      long days = 0;
      for (int i = 0; i < 300; i++) {
        now += random.nextInt(20) == 0 ? random.nextInt((int) (3 * HOUR)) : random.nextInt(60_000);
        long back = random.nextInt(10) == 0 ? random.nextInt((int) (2 * HOUR)) : 0;
        back += random.nextInt(5) == 0 ? 400 * DAY - i * HOUR : 0;
        int late = (int) any.vitals.tooLate();
        any.apply(collected(MIDNIGHT + now - back, "t", random.nextInt(9)), clock(now));
        days += any.vitals.tooLate() == late ? 1 : 0;
      }
      any.silentForGood();

      assertThat(any.windows()).allMatch(WindowTold::last);
      assertThat(counted(any, WindowSize.MINUTE)).isGreaterThanOrEqualTo(days);
      assertThat(counted(any, WindowSize.DAY)).isGreaterThanOrEqualTo(days);
      assertThat(any.vitals.present().windowBytes() + any.vitals.past().windowBytes()).isZero();
    }
  }

  private static long counted(TestingDevice device, WindowSize size) {
    return device.windows().stream()
        .filter(told -> told.size() == size)
        .mapToLong(told -> told.statistics().count())
        .sum();
  }
}
