// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

/** What ends a load: one line for its caller, and the exit code. */
final class LoadFailure extends RuntimeException {
  static final int FAILED = 1;
  static final int NO_ANSWER = 4;

  private final int exitCode;

  LoadFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
