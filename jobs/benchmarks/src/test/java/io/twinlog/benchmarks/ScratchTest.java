// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir private Path parent;
  private Path directory;
  private Path log;
  private Path segment;

  @BeforeEach
  void aBenchmarkHasRun() throws IOException {
    directory = parent.resolve("bench");
    log = directory.resolve("job-router.log");
    segment = directory.resolve("broker/kafka/t-0/0.log");
    Files.createDirectories(segment.getParent());
    Files.writeString(log, "");
    Files.writeString(segment, "");
  }

  @Test
  void leavesNothing() throws IOException {
    Scratch.delete(directory);

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void leavesLogsButNoRecords() throws IOException {
    Scratch.deleteAllButLogs(directory);

    assertThat(log).exists();
    assertThat(directory.resolve("broker")).doesNotExist();
  }

  @Test
  void isContentWhereThereIsNothing() throws IOException {
    Scratch.delete(directory.resolve("none"));
  }
}
