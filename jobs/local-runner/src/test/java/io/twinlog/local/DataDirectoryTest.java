// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run may take for its own. It starts nothing. */
class DataDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void refusesADirectoryThatAnotherRunHolds() throws IOException {
    Path root = temporary.resolve("data");
    try (DataDirectory held = DataDirectory.open(root)) {
      assertThatThrownBy(() -> DataDirectory.open(root))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("in use by another run")
          .hasMessageContaining("--data");
      assertThat(held.root().resolve("lock"))
          .hasContent(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void takesADirectoryAgainOnceItsRunHasEnded() throws IOException {
    DataDirectory.open(temporary).close();

    try (DataDirectory again = DataDirectory.open(temporary)) {
      assertThat(again.root()).isEqualTo(temporary.toAbsolutePath());
    }
  }

  @Test
  void refusesADirectoryThatCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("cannot write to " + file.resolve("data"))
        .hasMessageContaining("--data");
  }

  @Test
  void clearsWhatAKilledRunLeftInTmpAndNothingElse() throws IOException {
    Path left = Files.createDirectories(temporary.resolve("tmp/rocksdb")).resolve("000001.sst");
    Files.writeString(left, "x");
    Path kept = Files.createDirectories(temporary.resolve("kafka")).resolve("meta.properties");
    Files.writeString(kept, "x");

    DataDirectory.open(temporary).close();

    assertThat(temporary.resolve("tmp")).isEmptyDirectory();
    assertThat(kept).exists();
  }
}
