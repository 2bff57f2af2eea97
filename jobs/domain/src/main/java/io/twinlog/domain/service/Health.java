// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import java.util.Locale;

/** What an instance says of itself, or is taken for. */
public enum Health {
  HEALTHY,
  DEGRADED,
  UNHEALTHY;

  /** As events and records write it: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Health of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
