// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.wire.DeadLetterReason;
import java.util.Locale;

/** The kinds of malformed input that a fleet sends, and the dead letter that each must become. */
public enum Malformed {
  CUT_JSON(DeadLetterReason.MALFORMED),
  NOT_JSON(DeadLetterReason.MALFORMED),
  NOTHING(DeadLetterReason.MALFORMED),
  NOT_UTF8(DeadLetterReason.MALFORMED),
  DOUBLED_KEY(DeadLetterReason.MALFORMED),
  MORE_AFTER_THE_END(DeadLetterReason.MALFORMED),
  CUT_AVRO(DeadLetterReason.MALFORMED),
  GARBLED_AVRO(DeadLetterReason.MALFORMED),
  UNKNOWN_FINGERPRINT(DeadLetterReason.MALFORMED),
  MISSING_ID(DeadLetterReason.INVALID_ENVELOPE),
  MISSING_TIMESTAMP(DeadLetterReason.INVALID_ENVELOPE),
  WRONG_TYPE(DeadLetterReason.INVALID_ENVELOPE),
  CONTROL_CHARACTER(DeadLetterReason.INVALID_ENVELOPE),
  NO_TIMESTAMP(DeadLetterReason.INVALID_ENVELOPE),
  TIMESTAMP_OUT_OF_RANGE(DeadLetterReason.INVALID_ENVELOPE),
  UNKNOWN_TYPE(DeadLetterReason.UNKNOWN_EVENT_TYPE),
  UNKNOWN_VERSION(DeadLetterReason.UNSUPPORTED_SCHEMA_VERSION),
  MISSING_PAYLOAD_FIELD(DeadLetterReason.INVALID_PAYLOAD),
  METRIC_OF_WRONG_TYPE(DeadLetterReason.INVALID_PAYLOAD),
  TOO_DEEP(DeadLetterReason.TOO_LARGE),
  /** 70,000 bytes: one in a hundred of the kind before it, or a flood would be of bytes. */
  TOO_LARGE(DeadLetterReason.TOO_LARGE);

  private static final int RARE = 100;
  private static final Malformed[] ALL = values();

  private final DeadLetterReason reason;

  Malformed(DeadLetterReason reason) {
    this.reason = reason;
  }

  /** As the truth names it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of the dead letter. */
  public DeadLetterReason reason() {
    return reason;
  }

  /** Any, each as often as the others but for the large one. */
  static Malformed any(Dice dice) {
    Malformed any = ALL[dice.below(ALL.length - 1)];
    return any == TOO_DEEP && dice.chance(1.0 / RARE) ? TOO_LARGE : any;
  }
}
