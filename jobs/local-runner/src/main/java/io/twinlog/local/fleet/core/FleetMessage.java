// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.util.Locale;

/**
 * What goes to {@code ingress}: the bytes, and the device that is the key.
 *
 * @param device number of the device in the fleet
 * @param key name of the device
 * @param id of the event; empty where the bytes have none
 */
public record FleetMessage(Kind kind, int device, String key, String id, byte[] value) {
  /** What it is, for counting. */
  public enum Kind {
    REGISTERED,
    ONLINE,
    HEARTBEAT,
    TELEMETRY,
    ERROR,
    RECOVERED,
    LAST_WILL,
    DOUBLE,
    OLDER,
    MALFORMED;

    /** As figures name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  FleetMessage as(Kind other) {
    return new FleetMessage(other, device, key, id, value);
  }
}
