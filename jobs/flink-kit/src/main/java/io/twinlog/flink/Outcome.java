// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

/** What became of an input: exactly one of these. */
public enum Outcome {
  /** An event or a command that held. */
  APPLIED,
  /** A command that did not hold; its result says why. */
  REFUSED,
  /** Its id had been applied before. */
  DUPLICATE,
  DEAD_LETTERED,
  /** It waits, with its key, until that is set free. */
  PARKED,
  /** Its handler made nothing of it, or the job has nothing to do with it. */
  DISCARDED
}
