// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file by which scripts find a run. */
class ReadyFileTest {
  private static final ReadyFile OURS =
      new ReadyFile("localhost:9092", "twinlog.", "http://localhost:8081", "/data", 7, "0.1.0");

  @TempDir private Path directory;

  @Test
  void holdsWhatScriptsDependOnAndNothingIsLeftBesideIt() throws IOException {
    Path file = directory.resolve("new").resolve("ready.json");

    OURS.write(file);

    assertThat(file)
        .content()
        .isEqualToIgnoringNewLines(
            "{\"bootstrap\":\"localhost:9092\",\"prefix\":\"twinlog.\","
                + "\"flink\":\"http://localhost:8081\",\"data\":\"/data\",\"pid\":7,\"version\":\"0.1.0\"}");
    assertThat(file.getParent()).isDirectoryContaining(file::equals);
    assertThat(file.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void isRemovedByItsOwnRunAlone() throws IOException {
    Path file = directory.resolve("ready.json");
    OURS.write(file);

    new ReadyFile("localhost:9092", "twinlog.", "", "/data", 8, "0.1.0").remove(file);
    assertThat(file).exists();

    OURS.remove(file);
    assertThat(file).doesNotExist();
  }

  @Test
  void removesNothingWhereNoFileIs() throws IOException {
    OURS.remove(directory.resolve("none.json"));

    assertThat(directory).isEmptyDirectory();
  }
}
