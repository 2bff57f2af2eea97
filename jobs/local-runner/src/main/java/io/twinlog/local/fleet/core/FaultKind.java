// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.schemas.Priority;

/** The faults that devices of a fleet have. */
enum FaultKind {
  CALIBRATION("E101", "low", "calibration is due", Priority.NORMAL),
  SUPPLY("E204", "medium", "supply voltage is low", Priority.NORMAL),
  HOT("E310", "high", "bearing too hot", Priority.HIGH),
  STALLED("E417", "critical", "motor has stalled", Priority.CRITICAL);

  private static final FaultKind[] ALL = values();

  final String code;
  final String severity;
  final String message;
  final Priority priority;

  FaultKind(String code, String severity, String message, Priority priority) {
    this.code = code;
    this.severity = severity;
    this.message = message;
    this.priority = priority;
  }

  static FaultKind of(int number) {
    return ALL[number];
  }

  static FaultKind any(Dice dice) {
    return ALL[dice.below(ALL.length)];
  }
}
