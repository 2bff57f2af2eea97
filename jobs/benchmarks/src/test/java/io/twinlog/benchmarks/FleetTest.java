// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final Fleet FLEET = new Fleet(Fleet.Members.DEVICES, 1_000, 10_000);

  @Test
  void eachDeviceHasOneMomentInEachRound() {
    Set<Integer> devices = new HashSet<>();
    for (long slot = FLEET.slots(3); slot < FLEET.slots(4); slot++) {
      devices.add(FLEET.slot(slot).device());
    }

    assertThat(devices).hasSize(FLEET.devices());
  }

  @Test
  void neighboursInTimeAreNoneInName() {
    assertThat(Math.abs(FLEET.slot(1).device() - FLEET.slot(0).device())).isGreaterThan(100);
  }

  @Test
  void aDeviceSpeaksOncePerInterval() {
    Fleet.Slot first = FLEET.slot(7);
    Fleet.Slot second = FLEET.slot(7 + FLEET.slots(1));

    assertThat(second.device()).isEqualTo(first.device());
    assertThat(second.atMillis() - first.atMillis()).isEqualTo(10_000);
  }

  @Test
  void allDevicesAreInServiceAfterTheStartingRounds() {
    for (long slot = FLEET.slots(Fleet.STARTING_ROUNDS);
        slot < FLEET.slots(Fleet.STARTING_ROUNDS + 1);
        slot++) {
      assertThat(FLEET.slot(slot).inService()).isTrue();
      assertThat(FLEET.slot(slot).isFirst()).isFalse();
    }
  }

  @Test
  void telemetryIsAsLongAsAllFiguresAreFor() {
    for (long slot = 0; slot < FLEET.slots(20); slot += 13) {
      assertThat(EventText.telemetry(FLEET.slot(slot))).hasSize(EventText.TELEMETRY_BYTES);
    }
  }

  @Test
  void noTwoEventsHaveOneId() {
    Set<String> ids = new HashSet<>();
    for (long slot = FLEET.slots(5); slot < FLEET.slots(15); slot++) {
      ids.add(new String(EventText.telemetry(FLEET.slot(slot)), US_ASCII).substring(7, 43));
    }

    assertThat(ids).hasSize(10 * FLEET.devices());
  }

  @Test
  void theRouterTakesWhatDevicesWrite() {
    EventDecoder decoder = new EventDecoder(Catalogue.installed(true), DecoderLimits.DEFAULT);
    Fleet.Slot slot = FLEET.slot(FLEET.slots(5) + 3);

    assertThat(decoder.decode(EventText.telemetry(slot), null))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid ->
                assertThat(((Event) valid.value()).getMetadata().getSequence())
                    .isEqualTo(Long.valueOf(slot.sequence())));
    assertThat(decoder.decode(EventText.registration(slot), null))
        .isInstanceOf(Decoded.Valid.class);
  }
}
