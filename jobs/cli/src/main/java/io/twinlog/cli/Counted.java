// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

/** So many of a thing, in words: {@code 1 letter}, {@code 2 letters}. */
final class Counted {
  private Counted() {}

  /**
   * Says it.
   *
   * @param thing in the singular; its plural ends in s
   */
  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
