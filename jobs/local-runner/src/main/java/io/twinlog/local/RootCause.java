// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.SettingsException;
import org.apache.flink.util.SerializedThrowable;

/**
 * Why something failed, in one line a person can act on. The whole stack is in the log file, not
 * here.
 */
final class RootCause {
  private RootCause() {}

  /** The deepest cause; the first of ours on the way, which says what to do, ends the search. */
  static String of(Throwable failure) {
    Throwable cause = unpack(failure);
    while (!(cause instanceof SettingsException) && cause.getCause() != null) {
      cause = unpack(cause.getCause());
    }
    String message = cause.getMessage() == null ? "" : firstLine(cause.getMessage());
    boolean named =
        cause instanceof SettingsException
            || cause instanceof LocalRunException
            || cause instanceof SerializedThrowable;
    return named ? message : (cause.getClass().getSimpleName() + ": " + message).strip();
  }

  /** Flink ships failures in an envelope whose message repeats the class. */
  private static Throwable unpack(Throwable failure) {
    return failure instanceof SerializedThrowable serialized
        ? serialized.deserializeError(RootCause.class.getClassLoader())
        : failure;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
