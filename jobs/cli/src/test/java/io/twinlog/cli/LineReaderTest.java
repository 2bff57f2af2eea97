// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.cli.LineReader.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<Line> lines(InputStream in) throws IOException {
    LineReader reader = new LineReader(in);
    List<Line> lines = new ArrayList<>();
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      lines.add(line.get());
    }
    return lines;
  }

  private static List<String> texts(String text) throws IOException {
    return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))).stream()
        .map(line -> line.number() + new String(line.bytes(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  @Test
  void keepsEachByteOfALine() throws IOException {
    assertThat(texts(" a\tb \r\n\u0000\u00ff\n\u00ef\u00bb\u00bf{}"))
        .containsExactly("1 a\tb \r", "2\u0000\u00ff", "3\u00ef\u00bb\u00bf{}");
  }

  @Test
  void passesOverBlankLinesAndCountsThem() throws IOException {
    assertThat(texts("\n \t\r\na\n\n")).containsExactly("3a");
    assertThat(texts("")).isEmpty();
  }

  @Test
  void joinsWhatBlocksCut() throws IOException {
    String line = "x".repeat(64 * 1024);
    assertThat(texts(line + "\n" + line + "y\nz"))
        .containsExactly("1" + line, "2" + line + "y", "3z");
  }

  @Test
  void cutsALineThatIsTooLongAndGoesOnAfterIt() throws IOException {
    byte[] most = new byte[LineReader.LINE_BYTES_MAX];
    byte[] more = new byte[LineReader.LINE_BYTES_MAX + 1];
    byte[] end = {'\n'};
    List<Line> lines =
        lines(
            new SequenceInputStream(
                Collections.enumeration(
                    List.of(
                        new ByteArrayInputStream(most),
                        new ByteArrayInputStream(end),
                        new ByteArrayInputStream(more),
                        new ByteArrayInputStream(end),
                        new ByteArrayInputStream(new byte[] {'a'})))));
    assertThat(lines).extracting(Line::tooLong).containsExactly(false, true, false);
    assertThat(lines)
        .extracting(line -> line.bytes().length)
        .containsExactly(most.length, most.length, 1);
  }
}
