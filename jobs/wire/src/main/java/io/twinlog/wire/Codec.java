// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

/** One value as bytes, both ways. Not for threads to share. */
public interface Codec<T> {
  byte[] encode(T value);

  /**
   * The value that {@link #encode} wrote, of this release or an earlier one.
   *
   * @throws SingleObject.UnreadableException when the bytes are not such a value
   */
  T decode(byte[] bytes);
}
