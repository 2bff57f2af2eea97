// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.availability.Availability;
import io.twinlog.domain.availability.AvailabilityState;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.fleet.Fleet;
import io.twinlog.domain.fleet.FleetFact;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.domain.fleet.FleetFact.ModelCounted;
import io.twinlog.schemas.Event;
import io.twinlog.simulator.OracleDevice.Told;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.device.AvailabilityCodec;
import io.twinlog.wire.device.FleetCodec;
import io.twinlog.wire.ingress.ErrorKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What the device job must write for an inbox: one thread, maps on the heap, no watermark, no
 * timer, no checkpoint. It shares the rules of the domain and the codecs with the job, and no line
 * of the shell that it judges.
 */
final class Oracle {
  private static final Comparator<Told> ORDER =
      Comparator.<Told>comparingLong(told -> told.clock().clock())
          .thenComparing(told -> told.move().deviceId())
          .thenComparingLong(Told::offset)
          .thenComparingLong(told -> told.move().version());

  private final OracleSettings settings;
  private final SingleObject singleObject = new SingleObject();
  private final List<Expected> written = new ArrayList<>();

  Oracle(OracleSettings settings) {
    this.settings = settings;
  }

  /**
   * All that must be written: per topic and key in its order.
   *
   * @param inbox each partition in its order
   * @param end the clock that all source partitions have passed in the end
   */
  List<Expected> run(List<List<LogEntry>> inbox, long end) {
    Map<String, OracleDevice> devices = new TreeMap<>();
    List<Told> told = new ArrayList<>();
    for (int q = 0; q < inbox.size(); q++) {
      OracleInbox partition = new OracleInbox(q);
      for (LogEntry entry : inbox.get(q)) {
        partition
            .hear(entry)
            .ifPresent(
                heard ->
                    devices
                        .computeIfAbsent(
                            entry.keyText(), id -> new OracleDevice(id, settings, written, told))
                        .hear(heard));
      }
    }
    devices.values().forEach(device -> device.passTo(end));
    told.removeIf(one -> one.clock().clock() >= end);
    told.sort(ORDER);
    availability(told, end);
    gather(new Fleet(settings.fleet()), Fleet.KEY, told, end, this::fleetFact);
    return written;
  }

  private void availability(List<Told> told, long end) {
    Map<String, List<Told>> byDevice = new TreeMap<>();
    told.forEach(
        one -> byDevice.computeIfAbsent(one.move().deviceId(), id -> new ArrayList<>()).add(one));
    byDevice.forEach(
        (id, moves) ->
            gather(
                new Availability(settings.availability()),
                id,
                moves,
                end,
                (fact, clock) -> availabilityFact(id, fact, clock)));
  }

  private <S, F> void gather(
      Gathering<S, DeviceMove, F> rules,
      String key,
      List<Told> told,
      long end,
      BiFunction<F, LogClock, Expected> page) {
    S state = rules.initial(key);
    LogClock last = LogClock.UNKNOWN;
    for (Told one : told) {
      state = passTo(rules, state, last, one.clock().clock(), page);
      last = one.clock();
      Gathered<S, F> result = rules.take(state, one.move(), one.clock().moment());
      state = result.state();
      for (F fact : result.facts()) {
        written.add(page.apply(fact, one.clock()));
      }
      if (rules.ended(state)) {
        state = rules.initial(key);
      }
    }
    passTo(rules, state, last, end, page);
  }

  private <S, F> S passTo(
      Gathering<S, DeviceMove, F> rules,
      S state,
      LogClock last,
      long limit,
      BiFunction<F, LogClock, Expected> page) {
    S now = state;
    for (long next = rules.deadline(now); next < limit; next = rules.deadline(now)) {
      Moment at = last.moment().atClock(next);
      Gathered<S, F> result = rules.atDeadline(now, at);
      now = result.state();
      for (F fact : result.facts()) {
        written.add(page.apply(fact, new LogClock(last.epoch(), at.clock(), at.logTime())));
      }
    }
    return now;
  }

  private Expected availabilityFact(String id, AvailabilityState fact, LogClock clock) {
    byte[] value = fact.ended() ? null : singleObject.encode(AvailabilityCodec.toAvro(fact));
    return new Expected(
        "device.availability",
        id,
        "DeviceAvailability",
        "device-availability",
        Expected.content(value),
        clock.toString());
  }

  private Expected fleetFact(FleetFact fact, LogClock clock) {
    if (fact instanceof ModelCounted counted) {
      byte[] value = singleObject.encode(FleetCodec.counts(counted));
      return new Expected(
          "fleet.counts",
          counted.model(),
          "FleetCounts",
          "device-fleet",
          Expected.content(value),
          clock.toString());
    }
    Event error = PlatformErrors.massSilence((MassSilence) fact);
    byte[] value = singleObject.encode(error);
    return new Expected(
        "events.error",
        ErrorKeys.of(error),
        PlatformErrors.MASS_SILENCE,
        "device-fleet",
        Expected.content(value),
        clock.toString());
  }
}
