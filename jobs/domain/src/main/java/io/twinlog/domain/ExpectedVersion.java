// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.Optional;

/**
 * The check of a command that was written against a version of its aggregate: optimistic
 * concurrency.
 */
public final class ExpectedVersion {
  /** The command expects no version. */
  public static final long ANY = -1;

  private ExpectedVersion() {}

  /**
   * Why the command does not hold: code {@code conflict}; empty when it expects nothing, or what is
   * there.
   */
  public static Optional<Reason> conflict(long expected, long actual) {
    if (expected == ANY || expected == actual) {
      return Optional.empty();
    }
    return Optional.of(
        new Reason(
            "conflict",
            "expected_version",
            "expected version " + expected + ", but it is at " + actual));
  }
}
