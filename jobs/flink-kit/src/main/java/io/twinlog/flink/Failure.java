// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Reason;
import io.twinlog.domain.Thrown;

/**
 * Why an input, or a deadline, could not be worked off.
 *
 * @param reason what went wrong, for people
 * @param isRetried whether trying again may help: a rule fails in the same way each time, a handler
 *     that depends on something else need not
 */
record Failure(Reason reason, boolean isRetried) {
  private static final int MESSAGE_MAX = 512;

  /** A handler failed with MEDIUM. */
  static Failure ofHandler(String why) {
    return new Failure(new Reason("handler_failed", "", cut(why)), true);
  }

  /** It is thrown where a handler fails again. */
  static final class HandlerFailed extends RuntimeException {
    HandlerFailed(String why) {
      super(why);
    }
  }

  /** A rule, a codec, or the writing of outputs threw: a defect of the build. */
  static Failure of(RuntimeException defect) {
    if (defect instanceof HandlerFailed) {
      return ofHandler(defect.getMessage());
    }
    StackTraceElement[] trace = defect.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new Failure(new Reason("rule_failed", "", cut(Thrown.text(defect) + where)), false);
  }

  private static String cut(String text) {
    return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX - 1) + '…';
  }
}
