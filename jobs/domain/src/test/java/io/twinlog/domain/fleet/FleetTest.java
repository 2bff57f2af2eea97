// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.DeviceMove.Kind;
import io.twinlog.domain.device.Status;
import io.twinlog.domain.device.StatusTally;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.domain.fleet.FleetFact.ModelCounted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final long WALL = 1_767_225_600_000L;
  private static final long MINUTE = 60_000;

  private final Fleet fleet = new Fleet(FleetRules.DEFAULT);
  private FleetState state = fleet.initial(Fleet.KEY);

  private static Moment at(long clock) {
    return new Moment(clock, WALL + clock);
  }

  private void came(String id, String model, long clock) {
    take(
        new DeviceMove(
            id, 1, Kind.CAME, Status.REGISTERED, Status.REGISTERED, model, model, Cause.ANNOUNCED),
        clock);
  }

  private void moved(String id, String model, Status from, Status to, Cause cause, long clock) {
    take(new DeviceMove(id, 2, Kind.MOVED, from, to, model, model, cause), clock);
  }

  private void take(DeviceMove move, long clock) {
    Gathered<FleetState, FleetFact> result = fleet.take(state, move, at(clock));
    assertThat(result.facts()).as("facts come at the end of a minute").isEmpty();
    state = result.state();
  }

  private List<FleetFact> minuteEnds() {
    long deadline = fleet.deadline(state);
    Gathered<FleetState, FleetFact> result = fleet.atDeadline(state, at(deadline));
    state = result.state();
    return result.facts();
  }

  private void fallsSilent(int first, int count, long clock) {
    for (int i = first; i < first + count; i++) {
      moved("d-" + i, "P", Status.ONLINE, Status.OFFLINE, Cause.TIMEOUT, clock);
    }
  }

  private void fleetOf(int count) {
    for (int i = 0; i < count; i++) {
      came("d-" + i, "P", 0);
      moved("d-" + i, "P", Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, 1);
    }
  }

  @Test
  void hasNoDeadlineWhileItIsEmpty() {
    assertThat(fleet.deadline(state)).isEqualTo(Aggregate.NEVER);
  }

  @Test
  void countsByModelAndStatusAsTheMinuteEnds() {
    came("a", "P", 1_000);
    came("b", "T", 2_000);
    moved("a", "P", Status.REGISTERED, Status.ONLINE, Cause.ANNOUNCED, 3_000);

    assertThat(fleet.deadline(state)).isEqualTo(MINUTE - 1);
    assertThat(minuteEnds())
        .containsExactly(
            new ModelCounted(1, "P", new StatusTally(0, 1, 0, 0, 0), at(MINUTE)),
            new ModelCounted(2, "T", new StatusTally(1, 0, 0, 0, 0), at(MINUTE)));
  }

  @Test
  void writesOnlyWhatChangedInAMinute() {
    came("a", "P", 1_000);
    came("b", "T", 2_000);
    minuteEnds();
    moved("b", "T", Status.REGISTERED, Status.FAULTED, Cause.FAULT, MINUTE + 5);

    assertThat(minuteEnds())
        .containsExactly(new ModelCounted(3, "T", new StatusTally(0, 0, 1, 0, 0), at(2 * MINUTE)));
  }

  @Test
  void writesAllAgainAfterADay() {
    came("a", "P", 1_000);
    minuteEnds();

    assertThat(fleet.deadline(state)).isEqualTo(1_000 + FleetRules.DEFAULT.rewrite());
    assertThat(minuteEnds()).hasSize(1);
    assertThat(fleet.deadline(state)).isGreaterThan(2 * FleetRules.DEFAULT.rewrite());
  }

  @Test
  void movesADeviceFromModelToModel() {
    came("a", "P", 1_000);
    take(
        new DeviceMove(
            "a", 2, Kind.MOVED, Status.REGISTERED, Status.REGISTERED, "P", "T", Cause.ANNOUNCED),
        2_000);

    assertThat(minuteEnds())
        .extracting(fact -> ((ModelCounted) fact).devices().registered())
        .containsExactly(0L, 1L);
  }

  @Test
  void forgetsADeviceThatWent() {
    came("a", "P", 1_000);
    take(
        new DeviceMove(
            "a", 3, Kind.WENT, Status.REGISTERED, Status.DECOMMISSIONED, "P", "P", Cause.TIMEOUT),
        2_000);

    assertThat(minuteEnds())
        .containsExactly(new ModelCounted(1, "P", StatusTally.NOTHING, at(MINUTE)));
  }

  @Test
  void raisesOneErrorWhenMoreThanItsShareFallsSilentInAMinute() {
    fleetOf(100);
    minuteEnds();
    fallsSilent(0, 20, MINUTE + 1_000);

    List<FleetFact> facts = minuteEnds();

    assertThat(facts).hasSize(2);
    MassSilence silence = (MassSilence) facts.get(1);
    assertThat(silence.devices()).isEqualTo(20);
    assertThat(silence.inService()).isEqualTo(100);
    assertThat(silence.byModel()).containsExactly(java.util.Map.entry("P", 20L));
    assertThat(silence.deviceIds()).hasSize(20).startsWith("d-0", "d-1");
    assertThat(silence.at()).isEqualTo(at(2 * MINUTE));
  }

  @Test
  void staysCalmAtItsShareOrBelowTwentyDevices() {
    fleetOf(200);
    minuteEnds();
    fallsSilent(0, 30, MINUTE + 1_000);
    assertThat(minuteEnds()).as("15 % of 200").hasSize(1);
  }

  @Test
  void neverCallsFewDevicesAMass() {
    fleetOf(19);
    minuteEnds();
    fallsSilent(0, 19, MINUTE + 1_000);

    assertThat(minuteEnds()).hasOnlyElementsOfType(ModelCounted.class);
  }

  @Test
  void countsEachMinuteByItself() {
    fleetOf(100);
    minuteEnds();
    fallsSilent(0, 15, 2 * MINUTE - 1);
    assertThat(minuteEnds()).hasSize(1);
    fallsSilent(15, 15, 2 * MINUTE);

    assertThat(minuteEnds()).hasOnlyElementsOfType(ModelCounted.class);
  }

  @Test
  void doesNotCountWhoSaidGoodbye() {
    fleetOf(100);
    minuteEnds();
    for (int i = 0; i < 50; i++) {
      moved("d-" + i, "P", Status.ONLINE, Status.OFFLINE, Cause.ANNOUNCED, MINUTE + 1);
    }

    assertThat(minuteEnds()).hasOnlyElementsOfType(ModelCounted.class);
  }

  @Test
  void boundsModelsAndIds() {
    List<String> models = new ArrayList<>();
    for (int i = 0; i < FleetRules.MODELS_MAX + 500; i++) {
      models.add("m-" + i);
      came("d-" + i, models.get(i), 1_000);
      take(
          new DeviceMove(
              "d-" + i,
              2,
              Kind.MOVED,
              Status.REGISTERED,
              Status.OFFLINE,
              models.get(i),
              models.get(i),
              Cause.TIMEOUT),
          2_000);
    }

    assertThat(state.models()).hasSize(FleetRules.MODELS_MAX + 1);
    assertThat(state.models().get(FleetRules.OTHER_MODELS).offline()).isEqualTo(500);
    assertThat(state.minute().silent()).isEqualTo(FleetRules.MODELS_MAX + 500);
    assertThat(state.minute().deviceIds()).hasSize(FleetRules.IDS_MAX);
  }
}
