// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.telemetry.Verdict;

/** What a quality check has found. */
public final class Judgement {
  private final Verdict verdict;

  Judgement(Verdict verdict) {
    this.verdict = verdict;
  }

  public void thenIsSound() {
    Failures.require(!verdict.violated(), "expected nothing, was \"%s\"", verdict.message());
  }

  /**
   * It is violated; a check that throws is, too.
   *
   * @param message a part of it
   */
  public void thenIsViolated(String message) {
    Failures.require(verdict.violated(), "expected a violation, was none");
    Failures.requireContains("a violation", verdict.message(), message);
  }
}
