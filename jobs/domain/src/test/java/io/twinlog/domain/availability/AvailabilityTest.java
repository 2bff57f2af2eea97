// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.availability.AvailabilityState.Day;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.DeviceMove.Kind;
import io.twinlog.domain.device.Status;
import io.twinlog.domain.device.StatusTally;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** Midnight, UTC, that begins day 20,000. */
  private static final long MIDNIGHT = 20_000 * DAY;

  private final Availability availability = new Availability(AvailabilityRules.DEFAULT);
  private AvailabilityState state = availability.initial("d");
  private int version;

  private static Moment at(long sinceMidnight) {
    return new Moment(1_000 + sinceMidnight, MIDNIGHT + sinceMidnight);
  }

  private void came(long sinceMidnight) {
    take(Kind.CAME, Status.REGISTERED, Status.REGISTERED, Cause.ANNOUNCED, sinceMidnight);
  }

  private void moves(Status from, Status to, Cause cause, long sinceMidnight) {
    take(Kind.MOVED, from, to, cause, sinceMidnight);
  }

  private void take(Kind kind, Status from, Status to, Cause cause, long sinceMidnight) {
    Gathered<AvailabilityState, AvailabilityState> result =
        availability.take(
            state,
            new DeviceMove("d", ++version, kind, from, to, "P", "P", cause),
            at(sinceMidnight));
    state = result.state();
    assertThat(result.facts()).containsExactly(state);
  }

  @Test
  void countsTheTimeInEachStatus() {
    came(0);
    moves(Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, HOUR);
    moves(Status.ONLINE, Status.FAULTED, Cause.FAULT, 3 * HOUR);
    moves(Status.FAULTED, Status.ONLINE, Cause.FAULT, 4 * HOUR);
    moves(Status.ONLINE, Status.OFFLINE, Cause.TIMEOUT, 8 * HOUR);
    moves(Status.OFFLINE, Status.ONLINE, Cause.ANNOUNCED, 9 * HOUR);

    assertThat(state.days())
        .containsExactly(new Day(20_000, new StatusTally(HOUR, 6 * HOUR, HOUR, HOUR, 0), 5, 2));
    assertThat(state.since()).isEqualTo(MIDNIGHT + 9 * HOUR);
  }

  @Test
  void announcedOfflineIsNoFailure() {
    came(0);
    moves(Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, HOUR);
    moves(Status.ONLINE, Status.OFFLINE, Cause.ANNOUNCED, 2 * HOUR);

    assertThat(state.days().get(0).failures()).isZero();
  }

  @Test
  void splitsTimeAtMidnight() {
    came(22 * HOUR);
    moves(Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, 23 * HOUR);
    moves(Status.ONLINE, Status.OFFLINE, Cause.ANNOUNCED, DAY + HOUR);

    assertThat(state.days())
        .containsExactly(
            new Day(20_000, new StatusTally(HOUR, HOUR, 0, 0, 0), 1, 0),
            new Day(20_001, new StatusTally(0, HOUR, 0, 0, 0), 1, 0));
  }

  @Test
  void keepsTheNewestDaysOnly() {
    came(0);
    moves(Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, HOUR);
    moves(Status.ONLINE, Status.OFFLINE, Cause.ANNOUNCED, 400 * DAY + HOUR);

    assertThat(state.days()).hasSize(AvailabilityRules.DEFAULT.daysMax());
    assertThat(state.days().get(0).number()).isEqualTo(20_393);
    assertThat(state.days().get(0).millis().online()).isEqualTo(DAY);
    assertThat(state.days().get(7).millis().online()).isEqualTo(HOUR);
  }

  @Test
  void isWrittenAgainAfterADayOfTheClock() {
    came(0);
    assertThat(availability.deadline(state)).isEqualTo(1_000 + DAY);

    Gathered<AvailabilityState, AvailabilityState> result = availability.atDeadline(state, at(DAY));

    assertThat(result.facts()).hasSize(1);
    assertThat(result.state().days().get(0).millis().registered()).isEqualTo(DAY);
    assertThat(availability.deadline(result.state())).isEqualTo(1_000 + 2 * DAY);
  }

  @Test
  void countsNothingWhileLogTimeStepsBack() {
    came(5 * HOUR);
    moves(Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, 3 * HOUR);
    moves(Status.ONLINE, Status.OFFLINE, Cause.ANNOUNCED, 6 * HOUR);

    assertThat(state.days().get(0).millis()).isEqualTo(new StatusTally(0, HOUR, 0, 0, 0));
  }

  @Test
  void countsNothingFromBeforeTheFirstTick() {
    take(Kind.CAME, Status.REGISTERED, Status.REGISTERED, Cause.ANNOUNCED, -MIDNIGHT);
    moves(Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, HOUR);

    assertThat(state.days().get(0).millis()).isEqualTo(StatusTally.NOTHING);
  }

  @Test
  void anotherModelIsNoTransition() {
    came(0);
    DeviceMove move =
        new DeviceMove(
            "d", 2, Kind.MOVED, Status.REGISTERED, Status.REGISTERED, "P", "T", Cause.ANNOUNCED);

    assertThat(availability.take(state, move, at(HOUR)).facts()).isEmpty();
  }

  @Test
  void endsWithTheDevice() {
    came(0);
    take(Kind.WENT, Status.DECOMMISSIONED, Status.DECOMMISSIONED, Cause.TIMEOUT, HOUR);

    assertThat(availability.ended(state)).isTrue();
  }

  @Test
  void hasNoDeadlineBeforeItHeardOfTheDevice() {
    assertThat(availability.deadline(state)).isEqualTo(Aggregate.NEVER);
  }
}
