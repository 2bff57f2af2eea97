// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

/** What a ledger counts: what was read, and what became of it. */
enum LedgerColumn {
  /** A record that must have an outcome. */
  READ,
  TICK,
  /** A record that a router wrote again after a crash. */
  REPEAT,
  APPLIED,
  REFUSED,
  DUPLICATE,
  DEAD_LETTERED,
  PARKED,
  DISCARDED;

  static final int COUNT = values().length;

  static LedgerColumn of(Outcome outcome) {
    return switch (outcome) {
      case APPLIED -> APPLIED;
      case REFUSED -> REFUSED;
      case DUPLICATE -> DUPLICATE;
      case DEAD_LETTERED -> DEAD_LETTERED;
      case PARKED -> PARKED;
      case DISCARDED -> DISCARDED;
    };
  }
}
