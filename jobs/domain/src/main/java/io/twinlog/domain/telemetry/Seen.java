// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * The newest number of a metric, and since when it has been the same: what the checks compare with.
 *
 * @param time event time; {@link #NOTHING}: none was seen
 * @param same values in a row that were the same, this one included
 * @param sameValue the first of them
 * @param sameSince its event time
 */
public record Seen(double value, long time, int same, double sameValue, long sameSince) {
  public static final Seen NOTHING = new Seen(0, Long.MIN_VALUE, 0, 0, 0);

  boolean isNothing() {
    return same == 0;
  }

  Seen next(double next, long at, double tolerance) {
    boolean stays = same > 0 && Math.abs(next - sameValue) <= tolerance;
    return stays
        ? new Seen(next, at, same == Integer.MAX_VALUE ? same : same + 1, sameValue, sameSince)
        : new Seen(next, at, 1, next, at);
  }
}
