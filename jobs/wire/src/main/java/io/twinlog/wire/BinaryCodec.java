// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A small value inside a larger binary one, field by field, for what is read and written on every
 * record.
 */
public interface BinaryCodec<T> {
  void write(T value, DataOutput out) throws IOException;

  /** The value that {@link #write} wrote, of this release or an earlier one. */
  T read(DataInput in) throws IOException;
}
