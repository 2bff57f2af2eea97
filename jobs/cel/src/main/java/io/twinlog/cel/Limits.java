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

  /** Characters of a text that {@code +} makes. */
  public static final int TEXT_MAX = 65_536;

  /** Items of a list that {@code +}, {@code map} or {@code filter} makes. */
  public static final int LIST_MAX = 1_000;

  /** Items of lists and fields that {@code ==}, {@code in} and {@code +} look at, in all. */
  public static final int ITEMS_MAX = 10_000;

  /** Characters that {@code contains}, {@code matches} and {@code +} look at, in all. */
  public static final int CHARACTERS_MAX = 1_048_576;

  private Limits() {}
}
