// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

/**
 * A mirror of what the deadlines of a silence need.
 *
 * @param next clock at which it ends, or is forgotten
 * @param published clock of the last projection
 */
public record SilenceVitals(SilenceState.Phase phase, long next, long published) {
  public static final SilenceVitals NONE =
      new SilenceVitals(SilenceState.Phase.NONE, io.twinlog.domain.Aggregate.NEVER, 0);
}
