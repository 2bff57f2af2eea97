// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import java.util.Objects;

/** A handler could not handle an event. */
public final class HandlerException extends RuntimeException {
  /** What is done about it. */
  public enum Severity {
    /** The event becomes a dead letter {@code handler_failed}; nothing waits for it. */
    LOW,
    /**
     * The key of the event waits, with all that comes later of it: the handler is tried again on
     * the clock, then the key is parked until it is redriven. An event that no aggregate reads has
     * no key to wait, and becomes a dead letter.
     */
    MEDIUM,
    /** The job ends, and is not restarted: to go on would do harm. */
    HIGH
  }

  private final Severity severity;

  public HandlerException(Severity severity, String message) {
    this(severity, message, null);
  }

  public HandlerException(Severity severity, String message, Throwable cause) {
    super(message, cause);
    this.severity = Objects.requireNonNull(severity, "a failure has a severity");
  }

  public Severity severity() {
    return severity;
  }
}
