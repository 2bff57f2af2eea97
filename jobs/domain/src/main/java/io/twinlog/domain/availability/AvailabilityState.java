// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.availability;

import io.twinlog.domain.device.Status;
import io.twinlog.domain.device.StatusTally;
import java.util.List;

/**
 * How a device fared, day by day. Bounded: the newest days only.
 *
 * @param version projections written so far
 * @param deviceVersion of the device, as far as it is counted in; 0: never heard of
 * @param since log time at which {@code status} began
 * @param accounted log time up to which times are counted
 * @param days the oldest first
 * @param writtenClock of the last projection
 * @param ended the device is forgotten
 */
public record AvailabilityState(
    String deviceId,
    long version,
    long deviceVersion,
    Status status,
    long since,
    long accounted,
    List<Day> days,
    long writtenClock,
    boolean ended) {

  /**
   * One day, UTC, of log time.
   *
   * @param number days since 1970-01-01
   * @param millis time by status
   * @param failures times that it left ONLINE by a fault or in silence
   */
  public record Day(long number, StatusTally millis, long transitions, long failures) {
    public static final long MILLIS = 24L * 60 * 60 * 1000;

    Day plus(Status status, long amount) {
      return new Day(number, millis.plus(status, amount), transitions, failures);
    }

    Day moved(boolean failed) {
      return new Day(number, millis, transitions + 1, failures + (failed ? 1 : 0));
    }
  }

  public AvailabilityState {
    days = List.copyOf(days);
  }

  static AvailabilityState unknown(String deviceId) {
    return new AvailabilityState(deviceId, 0, 0, Status.REGISTERED, 0, 0, List.of(), 0, false);
  }
}
