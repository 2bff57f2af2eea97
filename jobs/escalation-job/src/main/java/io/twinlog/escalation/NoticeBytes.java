// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.wire.BinaryCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes what one stage tells the next. Not for threads to share. */
final class NoticeBytes {
  private final DataOutputSerializer buffer = new DataOutputSerializer(512);

  <T> byte[] of(T notice, BinaryCodec<T> codec) {
    buffer.clear();
    try {
      codec.write(notice, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory refuses a notice", e);
    }
    return buffer.getCopyOfBuffer();
  }
}
