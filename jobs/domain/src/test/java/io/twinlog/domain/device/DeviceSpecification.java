// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.Devices.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Decision.Refused;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceEvent.FaultOpened;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The language of device tests: given these events, when this command comes in or the clock gets
 * there, then these events follow. Time stands still, at nine o'clock, unless {@link #after} moves
 * it.
 */
final class DeviceSpecification {
  private final TestingDeviceShell shell;
  private Moment now = NINE;
  private int before;
  private Decision<DeviceEvent> answer = Decision.accepted(List.of());

  private DeviceSpecification(DeviceRules rules) {
    this.shell = new TestingDeviceShell(Devices.THERMOMETER, rules);
  }

  static DeviceSpecification device() {
    return device(DeviceRules.DEFAULT);
  }

  static DeviceSpecification device(DeviceRules rules) {
    return new DeviceSpecification(rules);
  }

  /** These happened now. */
  DeviceSpecification given(DeviceEvent... events) {
    for (DeviceEvent event : events) {
      boolean fault = event instanceof FaultOpened || event instanceof FaultCleared;
      DeviceCommand spoke =
          event instanceof DeviceCameOnline online
              ? Devices.heartbeat().in(online.sessionId()).at(now)
              : new ClearFault("");
      shell.remember(event, fault ? Cause.FAULT : Cause.ANNOUNCED, spoke, now);
    }
    return this;
  }

  /** Time goes by; deadlines are applied by the next record, as in the job. */
  DeviceSpecification after(Duration duration) {
    now = now.atClock(now.clock() + duration.toMillis());
    return this;
  }

  DeviceSpecification when(DeviceCommand command) {
    before = shell.log.size();
    answer = shell.apply(command, now);
    return this;
  }

  /** A report, of this very moment unless it says another. */
  DeviceSpecification when(Devices.Saying saying) {
    return when(saying.at(now));
  }

  /** The clock goes on until it has just passed {@code moment}; nothing comes in. */
  DeviceSpecification whenClockReaches(Moment moment) {
    before = shell.log.size();
    answer = Decision.accepted(List.of());
    now = moment;
    shell.applyDeadlinesBelow(moment.atClock(moment.clock() + 1));
    return this;
  }

  /** Exactly these followed, deadlines before the record included. */
  DeviceSpecification then(DeviceEvent... events) {
    assertThat(answer).isInstanceOf(Decision.Accepted.class);
    assertThat(produced()).extracting(Recorded::event).containsExactly(events);
    return this;
  }

  /** It was accepted, and there was nothing to change. */
  DeviceSpecification thenNothing() {
    return then();
  }

  DeviceSpecification thenRefused(String... codes) {
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(reasons()).extracting(Reason::code).containsExactly(codes);
    assertThat(produced()).isEmpty();
    return this;
  }

  DeviceSpecification thenStatus(Status status) {
    assertThat(shell.state.status()).isEqualTo(status);
    return this;
  }

  /** What the last step added to the log. */
  List<Recorded<DeviceEvent>> produced() {
    return shell.log.subList(before, shell.log.size());
  }

  List<Reason> reasons() {
    return answer instanceof Refused<DeviceEvent> refused ? refused.reasons() : List.of();
  }

  /** Names of the events or codes that the last step brought, for tables; {@code -}: none. */
  String outcome() {
    List<String> words =
        answer instanceof Refused<DeviceEvent> refused
            ? refused.reasons().stream().map(Reason::code).toList()
            : produced().stream().map(event -> event.event().getClass().getSimpleName()).toList();
    return words.isEmpty() ? "-" : String.join(" ", words);
  }

  DeviceState state() {
    return shell.state;
  }

  DeviceVitals vitals() {
    return shell.vitals;
  }

  TestingDeviceShell shell() {
    return shell;
  }

  Moment now() {
    return now;
  }

  /** The same step many times. */
  DeviceSpecification times(int times, DeviceCommand... commands) {
    for (int i = 0; i < times; i++) {
      Arrays.stream(commands).forEach(this::when);
    }
    return this;
  }
}
