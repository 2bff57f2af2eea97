// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

/**
 * What rows must be like.
 *
 * @param field a column; or {@code attributes.<name>} and the like: a path into the value
 * @param value String, Long or Boolean; of {@link Op#BEGINS} a String
 */
public record Filter(String field, Op op, Object value) {
  /** How a field is compared. What a row does not have fits {@link #IS_NOT} alone. */
  public enum Op {
    IS,
    IS_NOT,
    /** Begins with this text. */
    BEGINS,
    ABOVE,
    BELOW
  }

  public static Filter is(String field, Object value) {
    return new Filter(field, Op.IS, value);
  }
}
