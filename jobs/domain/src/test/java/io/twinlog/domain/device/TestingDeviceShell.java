// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Decision.Accepted;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls a device's rules in the order in which the job's operator calls them, and keeps what comes
 * out. It knows no command ids, no expected versions and no topics.
 */
final class TestingDeviceShell {
  private static final int DEADLINES_MAX = 10_000;

  private final Device device;
  private final String id;

  /** What is kept per device; gone when it is forgotten. */
  DeviceState state;

  DeviceVitals vitals;

  /** What was written: to device.log, device.snapshots, device.state. */
  final List<Recorded<DeviceEvent>> log = new ArrayList<>();

  final List<DeviceState> snapshots = new ArrayList<>();
  final List<Moment> projections = new ArrayList<>();

  TestingDeviceShell(String id, DeviceRules rules) {
    this.device = new Device(rules);
    this.id = id;
    forget();
  }

  /** A record: first the deadlines below its clock, then the command. */
  Decision<DeviceEvent> apply(DeviceCommand command, Moment now) {
    applyDeadlinesBelow(now);
    if (device.touchesOnlyVitals(vitals, command, now)) {
      assertThat(device.decide(state, vitals, command, now))
          .as("what touches only the vitals yields no event")
          .isEqualTo(Decision.accepted(List.of()));
      vitals = device.observe(vitals, command, List.of(), now);
      projectWhenDue(now);
      return Decision.accepted(List.of());
    }
    Decision<DeviceEvent> decision = device.decide(state, vitals, command, now);
    if (decision instanceof Accepted<DeviceEvent> accepted) {
      for (DeviceEvent event : accepted.events()) {
        fold(event, device.circumstance(command, event, now), now);
      }
      vitals = device.observe(vitals, command, accepted.events(), now);
      write(accepted.events(), now);
    }
    return decision;
  }

  /** What a tick or another record of the partition does to a device that said nothing. */
  void applyDeadlinesBelow(Moment now) {
    int applied = 0;
    while (device.deadline(vitals) < now.clock()) {
      applyDeadline(now.atClock(device.deadline(vitals)));
      applied++;
      if (applied == DEADLINES_MAX) {
        throw new AssertionError("no end of deadlines before " + now);
      }
    }
  }

  private void applyDeadline(Moment moment) {
    List<DeviceEvent> events = device.atDeadline(state, vitals, moment);
    for (DeviceEvent event : events) {
      fold(event, new Circumstance(moment.logTime(), Cause.TIMEOUT), moment);
    }
    if (!events.isEmpty()) {
      project(moment);
    }
    projectWhenDue(moment);
    if (device.ended(state)) {
      forget();
    }
    if (events.isEmpty() && device.deadline(vitals) <= moment.clock()) {
      throw new AssertionError("stuck at the deadline " + moment);
    }
  }

  /** Puts an event of the past into the log, as if its command had come in at {@code now}. */
  void remember(DeviceEvent event, Cause cause, DeviceCommand command, Moment now) {
    fold(event, new Circumstance(now.logTime(), cause), now);
    vitals = device.observe(vitals, command, List.of(event), now);
    project(now);
  }

  private void fold(DeviceEvent event, Circumstance why, Moment now) {
    Recorded<DeviceEvent> recorded =
        new Recorded<>(device.version(state) + 1, now, why.occurredAt(), why.cause(), event);
    state = device.evolve(state, recorded);
    vitals = device.mirror(vitals, state, now);
    log.add(recorded);
  }

  private void write(List<DeviceEvent> events, Moment now) {
    if (events.isEmpty()) {
      projectWhenDue(now);
      return;
    }
    if (device.snapshotDue(state, vitals, now)) {
      snapshots.add(state);
      vitals = device.snapshotTaken(vitals, state, now);
    }
    project(now);
  }

  private void projectWhenDue(Moment now) {
    if (device.projectionDue(vitals, now)) {
      project(now);
    }
  }

  private void project(Moment now) {
    projections.add(now);
    vitals = device.projected(vitals, now);
  }

  /** The log stays: it is kept for ever. */
  private void forget() {
    state = device.initial(id);
    vitals = device.initialVitals();
  }

  long deadline() {
    return device.deadline(vitals);
  }

  boolean waits() {
    return deadline() != Aggregate.NEVER;
  }
}
