// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

/** Ends the command with one line on stderr and an exit code. It is an answer, not a defect. */
final class CommandFailure extends RuntimeException {
  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  CommandFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
