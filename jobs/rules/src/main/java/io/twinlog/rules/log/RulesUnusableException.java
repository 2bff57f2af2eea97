// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

/**
 * A version of the rules that ticks carry cannot be used: a job must end, and not go on by other
 * rules. The message says what to do.
 */
public final class RulesUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RulesUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
