// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceCommand.Aside;
import io.twinlog.domain.device.DeviceCommand.Data;
import io.twinlog.domain.device.DeviceCommand.Heartbeat;
import io.twinlog.domain.device.DeviceCommand.Offline;
import io.twinlog.domain.device.DeviceCommand.Provisioned;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceCommand.Request;
import io.twinlog.domain.device.DeviceCommand.Withdrawn;
import io.twinlog.domain.device.DeviceEvent.DeviceForgotten;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceWentOffline;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceEvent.FaultOpened;
import io.twinlog.domain.device.DeviceEvent.FlappingStarted;
import io.twinlog.domain.device.DeviceEvent.FlappingStopped;
import io.twinlog.domain.device.DeviceEvent.SequenceGap;
import io.twinlog.domain.device.DeviceVitals.Published;
import io.twinlog.domain.device.DeviceVitals.SequenceWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The aggregate of a device: lifecycle, liveness, faults, configuration, flapping. What a command
 * yields is decided in {@link DeviceRequests} and {@link DeviceReports}, what an event changes in
 * {@link DeviceFold}; here is what time and the vitals add.
 */
public final class Device
    implements Aggregate<DeviceState, DeviceVitals, DeviceCommand, DeviceEvent> {
  private final DeviceRules rules;
  private final DeviceRequests requests;
  private final DeviceReports reports;

  public Device(DeviceRules rules) {
    this.rules = rules;
    this.requests = new DeviceRequests(rules);
    this.reports = new DeviceReports(rules);
  }

  @Override
  public DeviceState initial(String id) {
    return DeviceState.unknown(id);
  }

  @Override
  public DeviceVitals initialVitals() {
    return DeviceVitals.NONE;
  }

  @Override
  public long version(DeviceState state) {
    return state.version();
  }

  @Override
  public boolean touchesOnlyVitals(DeviceVitals vitals, DeviceCommand command, Moment now) {
    if (!(command instanceof Report report) || vitals.lifecycle() != Lifecycle.REGISTERED) {
      return false;
    }
    if (report.content() instanceof Aside) {
      return true;
    }
    return (report.content() instanceof Heartbeat || report.content() instanceof Data)
        && vitals.connection() == Connection.ONLINE
        && !gapToLog(vitals.sequence(), report, now);
  }

  @Override
  public Decision<DeviceEvent> decide(
      DeviceState state, DeviceVitals vitals, DeviceCommand command, Moment now) {
    Decision<DeviceEvent> decision =
        command instanceof Request request
            ? requests.decide(state, request)
            : reports.decide(state, (Report) command);
    if (decision instanceof Decision.Accepted<DeviceEvent> accepted) {
      List<DeviceEvent> events = new ArrayList<>(accepted.events());
      if (command instanceof Report report && gapToLog(vitals.sequence(), report, now)) {
        SequenceWatch watch = vitals.sequence();
        events.add(
            new SequenceGap(
                report.sessionId(), watch.last() + 1, report.sequence(), watch.held() + 1));
      }
      return Decision.accepted(withFlapping(state, vitals, events, now));
    }
    return decision;
  }

  private boolean gapToLog(SequenceWatch watch, Report report, Moment now) {
    return ofTheDevice(report)
        && watch.gap(report.sessionId(), report.sequence())
        && now.clock() - watch.loggedClock() >= rules.gapInterval();
  }

  /** The events, and the beginning of flapping where their transitions are one too many. */
  private List<DeviceEvent> withFlapping(
      DeviceState state, DeviceVitals vitals, List<DeviceEvent> events, Moment now) {
    DeviceState after = state;
    DeviceVitals mirrored = vitals;
    for (DeviceEvent event : events) {
      // No status depends on when or why an event happened.
      Recorded<DeviceEvent> recorded =
          new Recorded<>(after.version() + 1, now, now.logTime(), Cause.ANNOUNCED, event);
      after = evolve(after, recorded);
      mirrored = mirror(mirrored, after, now);
    }
    boolean moved = !mirrored.flaps().equals(vitals.flaps());
    boolean begins = moved && !after.flapping() && mirrored.flaps().flaps();
    if (!begins || after.lifecycle() != Lifecycle.REGISTERED) {
      return events;
    }
    List<DeviceEvent> result = new ArrayList<>(events);
    result.add(new FlappingStarted(mirrored.flaps().percentAt(now.clock(), rules.flapInterval())));
    return result;
  }

  @Override
  public Circumstance circumstance(DeviceCommand command, DeviceEvent event, Moment now) {
    if (event instanceof FaultOpened || event instanceof FaultCleared) {
      return new Circumstance(occurredAt(command, now), Cause.FAULT);
    }
    return new Circumstance(
        occurredAt(command, now), command instanceof Request ? Cause.COMMAND : Cause.ANNOUNCED);
  }

  private static long occurredAt(DeviceCommand command, Moment now) {
    return command instanceof Report report ? report.occurredAt() : now.logTime();
  }

  @Override
  public DeviceState evolve(DeviceState state, Recorded<DeviceEvent> event) {
    return DeviceFold.evolve(state, event);
  }

  @Override
  public DeviceVitals observe(
      DeviceVitals vitals, DeviceCommand command, List<DeviceEvent> events, Moment now) {
    DeviceVitals seen =
        isAmong(events, DeviceRegistered.class) ? vitals.registeredAt(now.clock()) : vitals;
    if (!(command instanceof Report report) || !ofTheDevice(report)) {
      return seen;
    }
    SequenceWatch watch = watched(seen.sequence(), report, events, now);
    return provesLife(report)
        ? seen.alive(now.clock(), now.logTime(), report.content() instanceof Data, watch)
        : seen.with(watch);
  }

  private static SequenceWatch watched(
      SequenceWatch watch, Report report, List<DeviceEvent> events, Moment now) {
    if (isAmong(events, SequenceGap.class)) {
      return watch.logged(now.clock()).seen(report.sessionId(), report.sequence());
    }
    SequenceWatch held =
        watch.gap(report.sessionId(), report.sequence()) ? watch.heldBack() : watch;
    return held.seen(report.sessionId(), report.sequence());
  }

  /** A loop: of telemetry there are no events, and it is asked at each. */
  private static boolean isAmong(List<DeviceEvent> events, Class<? extends DeviceEvent> type) {
    for (DeviceEvent event : events) {
      if (type.isInstance(event)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isSignOfLife(DeviceCommand command) {
    return command instanceof Report report && provesLife(report);
  }

  /** Whether only the device itself can have caused the report. */
  static boolean provesLife(Report report) {
    return ofTheDevice(report) && !(report.content() instanceof Offline);
  }

  /** What a service says of the device proves no life, and has a sequence of its own. */
  private static boolean ofTheDevice(Report report) {
    return !(report.content() instanceof Provisioned
        || report.content() instanceof Withdrawn
        || report.content() instanceof Aside);
  }

  @Override
  public DeviceVitals mirror(DeviceVitals vitals, DeviceState state, Moment now) {
    boolean moved = state.status() != vitals.status();
    FlapHistory flaps =
        moved ? vitals.flaps().transition(now.clock(), rules.flapInterval()) : vitals.flaps();
    long timeout = rules.timeoutOf(state.registration());
    // A timeout that became shorter ends now at the earliest, not before what made it so.
    long alive = timeout < vitals.timeout() ? now.clock() - timeout : vitals.aliveClock();
    return vitals.mirroring(state, timeout, Math.max(alive, vitals.aliveClock()), flaps);
  }

  @Override
  public long deadline(DeviceVitals vitals) {
    return switch (vitals.lifecycle()) {
      case UNKNOWN, FORGOTTEN -> NEVER;
      case DECOMMISSIONED -> goneAt(vitals);
      case REGISTERED -> Math.min(Math.min(silentAt(vitals), calmAt(vitals)), rewriteAt(vitals));
    };
  }

  /**
   * Where the retention was made shorter, its end may lie before what was told of the device since:
   * it is then forgotten the next time that something is told.
   */
  private long goneAt(DeviceVitals vitals) {
    long forgotten = forgottenAt(vitals);
    return forgotten <= vitals.published().clock()
        ? rewriteAt(vitals)
        : Math.min(forgotten, rewriteAt(vitals));
  }

  private static long silentAt(DeviceVitals vitals) {
    return vitals.connection() == Connection.OFFLINE
        ? NEVER
        : vitals.aliveClock() + vitals.timeout();
  }

  private long calmAt(DeviceVitals vitals) {
    return vitals.flapping() ? vitals.flaps().calmAt(rules.flapInterval()) : NEVER;
  }

  private long forgottenAt(DeviceVitals vitals) {
    return vitals.decommissionedClock() + rules.retention();
  }

  private long rewriteAt(DeviceVitals vitals) {
    return vitals.published().clock() + rules.rewrite();
  }

  /** One thing at a time: what follows from it may move the next deadline. */
  @Override
  public List<DeviceEvent> atDeadline(DeviceState state, DeviceVitals vitals, Moment now) {
    if (vitals.lifecycle() == Lifecycle.DECOMMISSIONED) {
      return forgottenAt(vitals) <= now.clock() ? List.of(new DeviceForgotten()) : List.of();
    }
    if (silentAt(vitals) <= now.clock()) {
      return withFlapping(state, vitals, List.of(new DeviceWentOffline("")), now);
    }
    if (calmAt(vitals) <= now.clock()) {
      return List.of(
          new FlappingStopped(vitals.flaps().percentAt(now.clock(), rules.flapInterval())));
    }
    return List.of();
  }

  @Override
  public boolean projectionDue(DeviceVitals vitals, Moment now) {
    long age = now.clock() - vitals.published().clock();
    return age >= rules.rewrite()
        || (age >= rules.refresh() && vitals.lastSeen() > vitals.published().lastSeen());
  }

  @Override
  public DeviceVitals projected(DeviceVitals vitals, Moment now) {
    Published published = vitals.published();
    return vitals.with(
        new Published(
            now.clock(),
            vitals.lastSeen(),
            published.snapshotVersion(),
            published.snapshotClock()));
  }

  @Override
  public boolean snapshotDue(DeviceState state, DeviceVitals vitals, Moment now) {
    Published last = vitals.published();
    if (state.version() == last.snapshotVersion()) {
      return false;
    }
    return state.version() - last.snapshotVersion() >= rules.snapshotVersions()
        || (rules.snapshotAge() > 0 && now.clock() - last.snapshotClock() >= rules.snapshotAge());
  }

  @Override
  public DeviceVitals snapshotTaken(DeviceVitals vitals, DeviceState state, Moment now) {
    Published published = vitals.published();
    return vitals.with(
        new Published(published.clock(), published.lastSeen(), state.version(), now.clock()));
  }

  @Override
  public boolean ended(DeviceState state) {
    return state.lifecycle() == Lifecycle.FORGOTTEN;
  }
}
