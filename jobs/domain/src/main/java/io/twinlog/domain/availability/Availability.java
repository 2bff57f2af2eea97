// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.availability;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering;
import io.twinlog.domain.Moment;
import io.twinlog.domain.availability.AvailabilityState.Day;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.StatusTally;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts for each device and day the time by status, the transitions and the failures. Its fact is
 * its whole state. Days are those of log time, in UTC; where log time steps back, no time is
 * counted until it has caught up.
 */
public final class Availability
    implements Gathering<AvailabilityState, DeviceMove, AvailabilityState> {
  private final AvailabilityRules rules;

  public Availability(AvailabilityRules rules) {
    this.rules = rules;
  }

  @Override
  public AvailabilityState initial(String key) {
    return AvailabilityState.unknown(key);
  }

  @Override
  public Gathered<AvailabilityState, AvailabilityState> take(
      AvailabilityState state, DeviceMove move, Moment now) {
    boolean came = state.deviceVersion() == 0;
    if (!came && move.from() == move.to() && move.kind() == DeviceMove.Kind.MOVED) {
      return Gathered.quietly(state);
    }
    boolean moved = !came && move.kind() == DeviceMove.Kind.MOVED;
    AvailabilityState counted = came ? state : accounted(state, now.logTime());
    List<Day> days = moved ? moved(counted.days(), move.failed(), now) : counted.days();
    AvailabilityState next =
        new AvailabilityState(
            state.deviceId(),
            state.version() + 1,
            move.version(),
            move.to(),
            came || moved ? now.logTime() : state.since(),
            came ? now.logTime() : counted.accounted(),
            days,
            now.clock(),
            move.kind() == DeviceMove.Kind.WENT);
    return new Gathered<>(next, List.of(next));
  }

  @Override
  public long deadline(AvailabilityState state) {
    return state.deviceVersion() == 0 ? Aggregate.NEVER : state.writtenClock() + rules.rewrite();
  }

  @Override
  public Gathered<AvailabilityState, AvailabilityState> atDeadline(
      AvailabilityState state, Moment now) {
    AvailabilityState counted = accounted(state, now.logTime());
    AvailabilityState next =
        new AvailabilityState(
            state.deviceId(),
            state.version() + 1,
            state.deviceVersion(),
            state.status(),
            state.since(),
            counted.accounted(),
            counted.days(),
            now.clock(),
            false);
    return new Gathered<>(next, List.of(next));
  }

  @Override
  public boolean ended(AvailabilityState state) {
    return state.ended();
  }

  /** With the time up to {@code logTime} added to the days that it lies in. */
  private AvailabilityState accounted(AvailabilityState state, long logTime) {
    if (logTime <= state.accounted()) {
      return state;
    }
    List<Day> days = new ArrayList<>(state.days());
    // Before the first tick nobody knows the time, so none is counted from there.
    long known = state.accounted() == 0 ? logTime : state.accounted();
    long today = Math.floorDiv(logTime, Day.MILLIS);
    long from = Math.max(known, (today - rules.daysMax() + 1) * Day.MILLIS);
    while (from < logTime) {
      long number = Math.floorDiv(from, Day.MILLIS);
      long until = Math.min(logTime, (number + 1) * Day.MILLIS);
      int at = at(days, number);
      days.set(at, days.get(at).plus(state.status(), until - from));
      from = until;
    }
    return new AvailabilityState(
        state.deviceId(),
        state.version(),
        state.deviceVersion(),
        state.status(),
        state.since(),
        logTime,
        days,
        state.writtenClock(),
        state.ended());
  }

  private List<Day> moved(List<Day> days, boolean failed, Moment now) {
    List<Day> result = new ArrayList<>(days);
    int at = at(result, Math.floorDiv(now.logTime(), Day.MILLIS));
    result.set(at, result.get(at).moved(failed));
    return result;
  }

  /** Place of a day in the list; it is added where it is missing, and what is too old goes. */
  private int at(List<Day> days, long number) {
    int at = 0;
    while (at < days.size() && days.get(at).number() < number) {
      at++;
    }
    if (at == days.size() || days.get(at).number() > number) {
      days.add(at, new Day(number, StatusTally.NOTHING, 0, 0));
    }
    while (days.size() > rules.daysMax() && at > 0) {
      days.remove(0);
      at--;
    }
    return at;
  }
}
