// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.Devices.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Decision.Refused;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds whatever a device and its users do, over seeded random lives. A failure names its seed
 * and step; {@link RandomDeviceLife} with that seed lives it again.
 */
class DeviceRandomTest {
  private static final int SEEDS = 300;
  private static final int STEPS = 200;

  @Test
  void holdsItsLawsInEveryRandomLife() {
    Set<String> produced = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      for (Recorded<DeviceEvent> event : live(seed)) {
        produced.add(event.event().getClass().getSimpleName());
      }
    }

    assertThat(produced)
        .as("events that random lives produce")
        .isEqualTo(
            Stream.of(DeviceEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void livesTheSameLifeFromTheSameInbox() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(live(seed)).as("seed %d", seed).isEqualTo(live(seed));
    }
  }

  private static List<Recorded<DeviceEvent>> live(int seed) {
    RandomDeviceLife life = new RandomDeviceLife(new Random(seed));
    DeviceRules rules = life.rules();
    TestingDeviceShell shell = new TestingDeviceShell(Devices.THERMOMETER, rules);
    Reader reader = new Reader(shell);
    Moment now = NINE;
    for (int step = 0; step < STEPS; step++) {
      now = now.atClock(now.clock() + life.pause());
      DeviceCommand command = life.command(now);
      try {
        step(shell, command, now);
        reader.readsOn();
        mirrorsItsState(shell, rules);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            "seed %d, step %d, at %s: %s".formatted(seed, step, now, command), failure);
      }
    }
    return shell.log;
  }

  private static void step(TestingDeviceShell shell, DeviceCommand command, Moment now) {
    shell.applyDeadlinesBelow(now);
    DeviceState state = shell.state;
    DeviceVitals vitals = shell.vitals;

    Decision<DeviceEvent> decision = shell.apply(command, now);

    if (decision instanceof Refused) {
      assertThat(shell.state).as("state after a refusal").isEqualTo(state);
      assertThat(shell.vitals).as("vitals after a refusal").isEqualTo(vitals);
    }
    assertThat(shell.deadline()).as("next deadline").isGreaterThanOrEqualTo(now.clock());
  }

  private static void mirrorsItsState(TestingDeviceShell shell, DeviceRules rules) {
    DeviceState state = shell.state;
    DeviceVitals vitals = shell.vitals;
    boolean known = state.lifecycle() != Lifecycle.UNKNOWN;
    Mirror mirror =
        new Mirror(
            state.lifecycle(),
            state.status(),
            state.link().connection(),
            state.flapping(),
            known ? rules.timeoutOf(state.registration()) : 0,
            state.decommissionedClock());
    assertThat(Mirror.in(vitals)).isEqualTo(mirror);
    if (!state.flapping()) {
      assertThat(state.announcedStatus()).as("no notice is held").isEqualTo(state.status());
    }
    assertThat(state.faults()).hasSizeLessThanOrEqualTo(rules.faultsMax());
  }

  /** What the vitals repeat of the state. */
  private record Mirror(
      Lifecycle lifecycle,
      Status status,
      Connection connection,
      boolean flapping,
      long timeout,
      long decommissionedClock) {
    static Mirror in(DeviceVitals vitals) {
      return new Mirror(
          vitals.lifecycle(),
          vitals.status(),
          vitals.connection(),
          vitals.flapping(),
          vitals.timeout(),
          vitals.decommissionedClock());
    }
  }

  /** Reads the log as a query does, and holds what it folds against the job's own state. */
  private static final class Reader {
    private final TestingDeviceShell shell;
    private DeviceState folded = DeviceState.unknown(Devices.THERMOMETER);
    private Moment last = NINE;
    private int read;

    Reader(TestingDeviceShell shell) {
      this.shell = shell;
    }

    void readsOn() {
      for (; read < shell.log.size(); read++) {
        Recorded<DeviceEvent> event = shell.log.get(read);
        if (folded.lifecycle() == Lifecycle.FORGOTTEN) {
          folded = DeviceState.unknown(Devices.THERMOMETER);
        }
        assertThat(event.version()).as("version").isEqualTo(folded.version() + 1);
        assertThat(event.at().clock()).as("clock").isGreaterThanOrEqualTo(last.clock());
        folded = DeviceFold.evolve(folded, event);
        last = event.at();
      }
      if (folded.lifecycle() == Lifecycle.FORGOTTEN) {
        assertThat(shell.state).isEqualTo(DeviceState.unknown(Devices.THERMOMETER));
        return;
      }
      assertThat(folded).as("fold of the log").isEqualTo(shell.state);
      assertThat(foldedFromTheNewestSnapshot()).as("from the snapshot").isEqualTo(shell.state);
    }

    private DeviceState foldedFromTheNewestSnapshot() {
      long version = shell.vitals.published().snapshotVersion();
      if (version == 0) {
        return shell.state;
      }
      DeviceState state = shell.snapshots.get(shell.snapshots.size() - 1);
      int later = (int) (shell.state.version() - version);
      for (Recorded<DeviceEvent> event : shell.log.subList(read - later, read)) {
        state = DeviceFold.evolve(state, event);
      }
      return state;
    }
  }
}
