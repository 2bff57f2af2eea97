// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.twinlog.local.fleet.core.Fact;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The truth about a fleet, one JSON object a line, after what is in the file already. Two files
 * keep it within its bound: when one is half of it, it takes the place of {@code NAME.1}, and a new
 * one begins. For threads to share.
 */
final class TruthFile implements Consumer<Fact>, AutoCloseable {
  private static final long MEBIBYTE = 1 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final long halfBytes;
  private Counted out;
  private JsonGenerator json;
  private boolean closed;

  /**
   * Opens the file, or makes it.
   *
   * @param mebibytes of both files together, at most; some lines more
   */
  TruthFile(Path file, int mebibytes) {
    this.file = file;
    halfBytes = mebibytes * MEBIBYTE / 2;
    try {
      open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void open() throws IOException {
    long before = Files.exists(file) ? Files.size(file) : 0;
    out =
        new Counted(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            before);
    json = JSON.createGenerator(out).setRootValueSeparator(null);
  }

  /** What comes after the end is left out: a message that fails while the fleet stops. */
  @Override
  public synchronized void accept(Fact fact) {
    if (closed) {
      return;
    }
    try {
      write(fact);
      if (out.bytes >= halfBytes) {
        rotate();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void write(Fact fact) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", Instant.ofEpochMilli(fact.at()).toString());
    if (!fact.device().isEmpty()) {
      json.writeStringField("device", fact.device());
    }
    json.writeStringField("kind", fact.kind());
    for (Map.Entry<String, Object> field : fact.more().entrySet()) {
      json.writeFieldName(field.getKey());
      write(field.getValue());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void write(Object value) throws IOException {
    if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean yes) {
      json.writeBoolean(yes);
    } else {
      json.writeString(value.toString());
    }
  }

  private void rotate() throws IOException {
    json.close();
    Files.move(
        file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    open();
  }

  /** Hands what is written to the file system. */
  synchronized void flush() {
    try {
      if (!closed) {
        json.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Counts what goes through; the generator before it collects some thousand bytes at a time. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out, long bytes) {
      super(out);
      this.bytes = bytes;
    }

    @Override
    public void write(byte[] more, int from, int length) throws IOException {
      out.write(more, from, length);
      bytes += length;
    }
  }
}
