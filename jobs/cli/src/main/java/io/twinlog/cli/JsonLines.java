// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes data to stdout, one line each, in whole lines only: whatever ends the process, the last
 * line is not cut. Nothing is seen before {@link #flush}, or before 64 KiB have gathered.
 */
final class JsonLines {
  private static final int GATHERED_BYTES = 64 * 1024;

  private final OutputStream out;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(GATHERED_BYTES);

  JsonLines(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a value as one line of JSON.
   *
   * @throws ClosedPipe when nobody reads any more
   */
  void write(JsonNode value) {
    writeText(value.toString());
  }

  /** Writes a line of text. */
  void writeText(String line) {
    byte[] bytes = (TerminalText.escape(line) + '\n').getBytes(StandardCharsets.UTF_8);
    if (gathered.size() > 0 && gathered.size() + bytes.length > GATHERED_BYTES) {
      flush();
    }
    gathered.writeBytes(bytes);
  }

  void flush() {
    try {
      gathered.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw "Broken pipe".equals(e.getMessage())
          ? new ClosedPipe()
          : new CommandFailure(ExitCode.FAILED, "cannot write to stdout: " + e.getMessage(), e);
    } finally {
      gathered.reset();
    }
  }

  /** Whoever read stdout has gone, as {@code head} does when it has enough. */
  static final class ClosedPipe extends RuntimeException {
    ClosedPipe() {
      super("nobody reads stdout any more");
    }
  }
}
