// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.Devices.registration;
import static io.twinlog.domain.device.Devices.withInterval;
import static io.twinlog.domain.device.Devices.withTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Values;
import org.junit.jupiter.api.Test;

/** Whose word counts for the timeout of a device. */
class DeviceRulesTest {
  private static final DeviceRules RULES =
      new Devices.RulesDraft().modelTimeout("TH-7", 42_000).rules();

  @Test
  void takesTheDevicesOwnTimeoutFirst() {
    Registration both = new Registration("TH-7", "", Values.NONE, 60_000, 7_000);

    assertThat(RULES.timeoutOf(both)).isEqualTo(7_000);
    assertThat(RULES.timeoutOf(withTimeout(1))).isEqualTo(1);
  }

  @Test
  void takesTwoAndAHalfIntervalsNext() {
    assertThat(RULES.timeoutOf(withInterval(60_000))).isEqualTo(150_000);
    assertThat(RULES.timeoutOf(withInterval(4_001))).isEqualTo(10_002);
  }

  @Test
  void takesAtLeastTenSecondsForAnInterval() {
    assertThat(RULES.timeoutOf(withInterval(3_999))).isEqualTo(10_000);
    assertThat(RULES.timeoutOf(withInterval(1))).isEqualTo(10_000);
  }

  @Test
  void takesTheModelsTimeoutNext() {
    assertThat(RULES.timeoutOf(registration("TH-7", Values.NONE))).isEqualTo(42_000);
  }

  @Test
  void takesTenMinutesForAllOthers() {
    assertThat(RULES.timeoutOf(registration("TH-8", Values.NONE))).isEqualTo(600_000);
    assertThat(RULES.timeoutOf(Registration.NONE)).isEqualTo(600_000);
  }
}
