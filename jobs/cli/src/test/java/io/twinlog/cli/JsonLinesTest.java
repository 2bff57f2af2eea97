// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private static JsonLines failingWith(String message) {
    return new JsonLines(
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            throw new IOException(message);
          }
        });
  }

  @Test
  void writesOneLineForEachValueInUtf8() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonLines lines = new JsonLines(out);
    lines.write(TextNode.valueOf("a\n\u202eü"));
    lines.flush();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\"a\\n\\u202eü\"\n");
  }

  @Test
  void neverWritesAPartOfALine() {
    List<byte[]> writes = new ArrayList<>();
    JsonLines lines =
        new JsonLines(
            new OutputStream() {
              @Override
              public void write(byte[] bytes, int from, int count) {
                writes.add(Arrays.copyOfRange(bytes, from, from + count));
              }

              @Override
              public void write(int single) {
                throw new AssertionError("a byte by itself");
              }
            });
    for (int i = 0; i < 1_000; i++) {
      lines.write(TextNode.valueOf("x".repeat(997)));
    }
    lines.flush();
    assertThat(writes)
        .hasSizeGreaterThan(1)
        .allSatisfy(write -> assertThat(write[write.length - 1]).isEqualTo((byte) '\n'));
  }

  @Test
  void tellsAReaderWhoHasGoneFromADiskThatIsFull() {
    JsonLines unread = failingWith("Broken pipe");
    unread.write(TextNode.valueOf("a"));
    assertThatThrownBy(unread::flush).isInstanceOf(JsonLines.ClosedPipe.class);
    JsonLines full = failingWith("No space left on device");
    full.write(TextNode.valueOf("a"));
    assertThatThrownBy(full::flush)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("cannot write to stdout: No space left on device");
  }
}
