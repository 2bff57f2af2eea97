// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

/** How an alert stands in a group. */
public enum Standing {
  /** It is in none. */
  OUT,
  /** Somebody is to deal with it. */
  FIRING,
  /** Somebody does. */
  ACKNOWLEDGED,
  /** Nobody is told of it for now. */
  MUTED,
  /** It is over. */
  RESOLVED;

  /** Whether it is there, and people see it. */
  boolean isSeen() {
    return this == FIRING || this == ACKNOWLEDGED;
  }
}
