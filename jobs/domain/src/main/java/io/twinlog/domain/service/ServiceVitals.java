// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import io.twinlog.domain.service.ServiceState.Presence;

/**
 * What every input of an instance touches, and a mirror of what its deadlines need.
 *
 * @param interval between two signs of life, ms
 * @param lastSeen clock of the last sign of life
 * @param lastSeenAt its log time, epoch ms
 * @param published clock at which that was last told
 */
public record ServiceVitals(
    Presence presence,
    Health reported,
    long interval,
    long lastSeen,
    long lastSeenAt,
    long published) {
  public static final ServiceVitals NONE =
      new ServiceVitals(Presence.UNKNOWN, Health.UNHEALTHY, 0, 0, 0, 0);

  ServiceVitals seen(long clock, long logTime) {
    return new ServiceVitals(
        presence,
        reported,
        interval,
        Math.max(lastSeen, clock),
        Math.max(lastSeenAt, logTime),
        published);
  }

  ServiceVitals of(ServiceState state, long intervalNow) {
    return new ServiceVitals(
        state.presence(), state.reported(), intervalNow, lastSeen, lastSeenAt, published);
  }

  ServiceVitals publishedAt(long clock) {
    return new ServiceVitals(presence, reported, interval, lastSeen, lastSeenAt, clock);
  }
}
