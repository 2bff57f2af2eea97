// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

/** What bounds the work of a condition; docs/rules.md names each. */
public final class Limits {
  /** Code points of a condition. */
  public static final int LENGTH_MAX = 2_000;

  /** Brackets inside brackets, and operators in a row. */
  public static final int DEPTH_MAX = 64;

  /** Steps that the macros of one evaluation may take: all, exists, exists_one, filter, map. */
  public static final int STEPS_MAX = 1_000;

  /** Instructions that the pattern of a {@code matches} may need. */
  public static final int PATTERN_MAX = 1_000;

  private Limits() {}
}
