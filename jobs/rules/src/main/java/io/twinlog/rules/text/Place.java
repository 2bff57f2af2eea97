// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

/**
 * Where something stands in a text, for people: both from 1; in code points. 0: no place of its
 * own.
 */
public record Place(int line, int column) {
  public static final Place WHOLE = new Place(0, 0);
}
