// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.local.fleet.core.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the truth: its lines, what was in it, its bound. */
class TruthFileTest {
  @TempDir private Path directory;

  @Test
  void writesOneObjectALineAfterWhatIsThere() throws IOException {
    Path file = directory.resolve("truth.jsonl");
    Files.writeString(file, "{\"kind\":\"before\"}\n");
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("metric", "temperature");
    more.put("begin", Instant.ofEpochMilli(1_000));
    more.put("true", 21.5);
    more.put("readings", 3);
    more.put("open", true);

    try (TruthFile truth = new TruthFile(file, 1)) {
      truth.accept(new Fact(0, "d-1", "stuck_ended", more));
      truth.accept(new Fact(0, "", "summary", Map.of()));
    }

    assertThat(file)
        .hasContent(
            """
            {"kind":"before"}
            {"at":"1970-01-01T00:00:00Z","device":"d-1","kind":"stuck_ended","metric":"temperature",\
            "begin":"1970-01-01T00:00:01Z","true":21.5,"readings":3,"open":true}
            {"at":"1970-01-01T00:00:00Z","kind":"summary"}
            """);
  }

  @Test
  void keepsTheNewestOfTooMuch() throws IOException {
    Path file = directory.resolve("truth.jsonl");
    Map<String, Object> more = Map.of("id", "x".repeat(1_000));

    try (TruthFile truth = new TruthFile(file, 1)) {
      for (int i = 0; i < 3_000; i++) {
        truth.accept(new Fact(i, "d-" + i, "double", more));
      }
    }

    Path older = directory.resolve("truth.jsonl.1");
    assertThat(Files.size(file) + Files.size(older)).isLessThan((1 << 20) + 40_000);
    String firstOfNewer = Files.readAllLines(file).get(0);
    assertThat(Files.readAllLines(older)).hasSizeGreaterThan(400);
    assertThat(firstOfNewer).startsWith("{\"at\":").endsWith("}");
    assertThat(Files.readString(file)).contains("\"d-2999\"");
  }

  @Test
  void leavesOutWhatComesAfterTheEnd() throws IOException {
    Path file = directory.resolve("truth.jsonl");
    TruthFile truth = new TruthFile(file, 1);
    truth.close();

    truth.accept(new Fact(0, "", "late", Map.of()));
    truth.flush();

    assertThat(file).isEmptyFile();
  }
}
