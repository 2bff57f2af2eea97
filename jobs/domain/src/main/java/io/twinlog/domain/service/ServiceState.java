// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import io.twinlog.domain.service.ServiceEvent.ServiceCameBack;
import io.twinlog.domain.service.ServiceEvent.ServiceStopped;

/**
 * An instance of a service as its events tell it.
 *
 * @param version number of events
 * @param reported the health that it last said
 * @param registeredAt event time of its first start, epoch ms
 * @param since event time of the last change of {@link #health}
 */
public record ServiceState(
    String serviceId,
    long version,
    Presence presence,
    ServiceInfo info,
    Health reported,
    long registeredAt,
    long since) {

  /** Where an instance is in its life. */
  public enum Presence {
    UNKNOWN,
    /** It is heard. */
    PRESENT,
    /** It has not been heard for too long. */
    SILENT,
    /** It was silent for so long that it was given up; it may come back all the same. */
    EXPIRED,
    /** It said that it goes. */
    STOPPED,
    /** It has been gone for long. */
    FORGOTTEN;

    /** Whether its name may still have it in its list. */
    boolean isNamed() {
      return isKnown() || this == EXPIRED;
    }

    /** Whether others are told of it. */
    public boolean isKnown() {
      return this == PRESENT || this == SILENT;
    }
  }

  static ServiceState unknown(String serviceId) {
    return new ServiceState(
        serviceId, 0, Presence.UNKNOWN, ServiceInfo.NONE, Health.UNHEALTHY, 0, 0);
  }

  ServiceState since(long occurredAt) {
    return new ServiceState(serviceId, version, presence, info, reported, registeredAt, occurredAt);
  }

  /** Whether one that was lost is lost no more: it is heard, or it says that it goes. */
  public static boolean isRestored(ServiceState before, ServiceEvent event) {
    boolean lost = before.presence == Presence.SILENT || before.presence == Presence.EXPIRED;
    return lost && (event instanceof ServiceCameBack || event instanceof ServiceStopped);
  }

  /** What others may count on: one that is not heard is not healthy, whatever it last said. */
  public Health health() {
    return presence == Presence.PRESENT ? reported : Health.UNHEALTHY;
  }
}
