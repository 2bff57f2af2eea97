// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.DeviceLog;
import io.twinlog.system.DeviceHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/**
 * A steady fleet in front of the real parts, and what can go wrong behind it: each trouble is made,
 * waited for, and measured here. What it must not change is checked here too.
 */
final class FleetScene implements AutoCloseable {
  /** Less is what a second or two of ticks and devices bring. */
  private static final long CAUGHT_UP = 200;

  private static final List<String> CALM = List.of("DeviceRegistered", "DeviceCameOnline");

  /** How much longer than its timeout a silent device may look alive. */
  private static final Duration LATE_MAX = Duration.ofSeconds(10);

  /** Log time is that of the last tick, which may be this old. */
  private static final Duration TICK_AGE_MAX = Duration.ofSeconds(3);

  /** What recovers goes on until a tick or two have told the new time. */
  private static final Duration TICKS = Duration.ofSeconds(3);

  /**
   * What a scene is made of.
   *
   * @param devices beside those of 1970 and 2036
   * @param timeout the silence after which a device is offline; it speaks six times as often
   * @param grace how long the clock stands still after an outage
   */
  record Plan(int devices, Duration timeout, Duration grace) {}

  private final Report report;
  private final Duration timeout;
  private final ProcessRig rig;
  private final ChildProcess router;
  private final ChildProcess device;
  private final SteadyFleet fleet;
  private final Backlog backlog;

  /** Starts all parts, then the fleet, and waits until all of it is online. */
  FleetScene(Path directory, Plan plan, Report report) throws Exception {
    this.report = report;
    timeout = plan.timeout();
    rig = new ProcessRig(directory);
    try {
      rig.job(
          "clock",
          ProcessRig.PREFIX,
          1,
          "clock.resume-grace=%d ms".formatted(plan.grace().toMillis()));
      router = rig.job("router", ProcessRig.PREFIX, 2);
      device = rig.job("device", ProcessRig.PREFIX, 2);
      rig.awaitReady();
      backlog = new Backlog(rig.bootstrap(), ProcessRig.PREFIX);
    } catch (Exception | Error e) {
      rig.close();
      throw e;
    }
    report.say("broker, clock, router and device run, each in a process of its own");
    fleet = new SteadyFleet(rig.bootstrap(), plan.devices(), timeout, timeout.dividedBy(6));
    try {
      awaitOnline();
    } catch (Exception | Error e) {
      close();
      throw e;
    }
    report.say("%d devices are online", fleet.devices().size());
  }

  private void awaitOnline() {
    Awaitility.await("every device is online")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              DeviceHistory history = history();
              assertThat(fleet.devices()).allMatch(d -> history.eventsOf(d).equals(CALM));
            });
  }

  String bootstrap() {
    return rig.bootstrap();
  }

  ChildProcess device() {
    return device;
  }

  Backlog backlog() {
    return backlog;
  }

  /**
   * Stops the router in its tracks.
   *
   * @return how long it took to catch up
   */
  Duration pauseRouter(Duration time) throws Exception {
    router.pause();
    report.letPass(time, "the router stands still");
    report.say("the router has %,d records before it", backlog.ofRouter());
    router.resume();
    return recover();
  }

  /** Kills the broker, and starts it again after some time. */
  Duration killBroker(Duration time) throws Exception {
    rig.broker().kill();
    report.letPass(time, "the broker is dead");
    rig.broker().restart().awaitReady();
    return recover();
  }

  /** Stops the broker in its tracks: connections stay, and nothing is answered. */
  Duration pauseBroker(Duration time) throws Exception {
    rig.broker().pause();
    report.letPass(time, "the broker stands still");
    rig.broker().resume();
    return recover();
  }

  /** Waits until nothing is left over from a trouble. */
  Duration recover() {
    Duration took = backlog.awaitBoth(CAUGHT_UP);
    report.letPass(TICKS, "ticks");
    report.say("caught up after %.1f s", took.toMillis() / 1e3);
    return took;
  }

  /** All are as calm as if nothing had happened, those of other times too. */
  void assertNobodyElseChanged(String... silenced) {
    DeviceHistory history = history();
    Set<String> others = new TreeSet<>(fleet.devices());
    others.removeAll(Set.of(silenced));
    assertThat(others)
        .allSatisfy(d -> assertThat(history.eventsOf(d)).as("events of %s", d).isEqualTo(CALM));
    report.figure("devices wrongly offline", "0 of " + others.size());
  }

  /** Each device of another time has its own time, and log time where its own is ahead. */
  void assertOtherTimesStayTheirOwn() {
    Map<String, List<DeviceLog>> logs = history().logs();
    assertThat(logs.get(SteadyFleet.PAST))
        .allMatch(event -> event.getOccurredAt().isBefore(Instant.parse("1971-01-01T00:00:00Z")));
    assertThat(logs.get(SteadyFleet.FUTURE))
        .allMatch(event -> event.getOccurredAt().equals(event.getLoggedAt()));
    report.figure("devices of 1970 and 2036", "as themselves");
  }

  /** Silences a device and waits until it is found, in time by the log. */
  void assertFindsSilent(String silenced) {
    Instant last = fleet.silence(silenced);
    report.say("%s is silent", silenced);
    Awaitility.await(silenced + " is found offline")
        .atMost(timeout.plusSeconds(60))
        .until(() -> history().eventsOf(silenced).contains("DeviceWentOffline"));
    Duration wall = Duration.between(last, Instant.now());
    List<DeviceLog> events = history().logs().get(silenced);
    DeviceLog offline = events.get(events.size() - 1);
    Duration silence = Duration.between(last, offline.getOccurredAt());
    report.figure("silence of %s by the log".formatted(silenced), silence);
    report.figure("until it was in device.log, by the wall", wall);
    assertThat(offline.getEvent()).isEqualTo("DeviceWentOffline");
    assertThat(offline.getCause()).isEqualTo("timeout");
    assertThat(silence).isBetween(timeout.minus(TICK_AGE_MAX), timeout.plus(LATE_MAX));
  }

  /** Exactly so many outages were told of, however often each. */
  void assertOutagesTold(int expected) {
    Awaitility.await("every outage is told of")
        .atMost(Duration.ofSeconds(60))
        .until(() -> Outages.ids(bootstrap()).size() >= expected);
    Set<String> ids = Outages.ids(bootstrap());
    report.figure("outages told of", ids.toString());
    assertThat(ids).hasSize(expected);
  }

  DeviceHistory history() {
    return DeviceHistory.of(bootstrap());
  }

  @Override
  public void close() {
    if (fleet != null) {
      fleet.close();
    }
    rig.close();
  }
}
