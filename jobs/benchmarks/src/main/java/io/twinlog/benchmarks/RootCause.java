// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

/** Tells a failure in one line, by what was at the bottom of it. */
final class RootCause {
  private RootCause() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
