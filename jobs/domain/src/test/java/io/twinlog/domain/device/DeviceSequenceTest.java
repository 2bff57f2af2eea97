// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.data;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.offline;
import static io.twinlog.domain.device.Devices.provisioned;
import static io.twinlog.domain.device.Devices.registration;

import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceEvent.DeviceUpdated;
import io.twinlog.domain.device.DeviceEvent.DeviceWentOffline;
import io.twinlog.domain.device.DeviceEvent.SequenceGap;
import io.twinlog.domain.device.Devices.Saying;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Gaps in the sequence of a session: told, but not more than once a minute. */
class DeviceSequenceTest {
  private static Saying reading(long sequence) {
    return data().in("s-1").sequence(sequence);
  }

  private static DeviceSpecification connected() {
    return device().given(REGISTERED, CAME_ONLINE);
  }

  @Test
  void takesTheFirstSequenceAsItComes() {
    connected().when(reading(17)).thenNothing();
    connected().when(data().sequence(17)).thenNothing();
  }

  @Test
  void saysNothingWhereNoneIsMissing() {
    connected().when(reading(0)).when(reading(1)).thenNothing().when(reading(2)).thenNothing();
  }

  @Test
  void logsAGap() {
    connected().when(reading(1)).when(reading(4)).then(new SequenceGap("s-1", 2, 4, 1));
  }

  @Test
  void logsAGapBehindWhatTheReportSays() {
    connected()
        .when(reading(1))
        .when(offline().in("s-1").sequence(3))
        .then(new DeviceWentOffline(""), new SequenceGap("s-1", 2, 3, 1));
  }

  @Test
  void countsWhatItDoesNotLogWithinAMinute() {
    connected()
        .when(reading(1))
        .when(reading(3))
        .then(new SequenceGap("s-1", 2, 3, 1))
        .after(Duration.ofSeconds(59))
        .when(reading(5))
        .thenNothing()
        .when(reading(7))
        .thenNothing()
        .after(Duration.ofSeconds(1))
        .when(reading(9))
        .then(new SequenceGap("s-1", 8, 9, 3))
        .after(Duration.ofMinutes(1))
        .when(reading(11))
        .then(new SequenceGap("s-1", 10, 11, 1));
  }

  @Test
  void countsGapsInReportsThatChangeSomethingToo() {
    connected()
        .when(reading(1))
        .when(reading(3))
        .when(offline().in("s-1").sequence(5))
        .then(new DeviceWentOffline(""))
        .after(Duration.ofMinutes(1))
        .when(offline().in("s-1").sequence(7))
        .then(new SequenceGap("s-1", 6, 7, 2));
  }

  @Test
  void doesNotTakeALateOrDoubledReportForAGap() {
    connected()
        .when(reading(5))
        .when(reading(3))
        .thenNothing()
        .when(reading(5))
        .thenNothing()
        .when(reading(6))
        .thenNothing();
  }

  @Test
  void startsAnewWithEachSession() {
    connected()
        .when(reading(5))
        .when(data().in("s-2").sequence(1))
        .thenNothing()
        .when(data().in("s-2").sequence(3))
        .then(new SequenceGap("s-2", 2, 3, 1));
  }

  @Test
  void ignoresReportsWithoutASequence() {
    connected()
        .when(reading(5))
        .when(heartbeat())
        .thenNothing()
        .when(reading(7))
        .then(new SequenceGap("s-1", 6, 7, 1));
  }

  @Test
  void doesNotMixInTheSequenceOfAProvisioningService() {
    Registration other = registration("TH-8", Values.NONE);

    connected()
        .when(reading(1))
        .when(provisioned(other).in("s-1").sequence(70))
        .then(new DeviceUpdated(other))
        .when(reading(2))
        .thenNothing()
        .when(reading(4))
        .then(new SequenceGap("s-1", 3, 4, 1));
  }

  @Test
  void seesNoGapBehindTheHighestNumberThatThereIs() {
    connected().when(reading(Long.MAX_VALUE)).when(reading(5)).thenNothing();
  }
}
