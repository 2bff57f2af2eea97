// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Splits a stream into lines of bytes, without looking into them: each is what stood before a line
 * feed, unchanged. Blank lines are counted and passed over; a line that is too long is cut.
 */
final class LineReader {
  /** More than any broker takes; what is longer is not kept in memory. */
  static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

  private static final int BLOCK_BYTES = 64 * 1024;

  /**
   * A line that is not blank.
   *
   * @param number from 1, blank ones counted
   * @param tooLong it was longer than {@link #LINE_BYTES_MAX}; the bytes are its beginning
   */
  record Line(long number, byte[] bytes, boolean tooLong) {}

  private final InputStream in;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int at;
  private int limit;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line that is not blank; empty at the end. */
  Optional<Line> next() throws IOException {
    while (at < limit || fill()) {
      number++;
      Line line = line();
      if (!blank(line.bytes)) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private Line line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    boolean tooLong = false;
    do {
      int end = at;
      while (end < limit && block[end] != '\n') {
        end++;
      }
      int wanted = Math.min(end - at, LINE_BYTES_MAX - bytes.size());
      bytes.write(block, at, wanted);
      tooLong |= wanted < end - at;
      at = end;
    } while (at == limit && fill());
    at++; // the line feed; at the end of the stream there is none, and nothing to pass either
    return new Line(number, bytes.toByteArray(), tooLong);
  }

  private boolean fill() throws IOException {
    at = 0;
    limit = Math.max(0, in.read(block));
    return limit > 0;
  }

  private static boolean blank(byte[] bytes) {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }
}
