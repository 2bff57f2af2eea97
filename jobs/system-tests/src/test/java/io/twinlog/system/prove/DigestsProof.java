// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same log gives the same at parallelism 1, 2 and 4, and through kills. */
@Tag("prove")
class DigestsProof {
  private static final Duration LOAD = Duration.ofSeconds(60);

  /** Long enough for the minute in which most went silent to be over. */
  private static final Duration SILENCE = Duration.ofSeconds(70);

  private static final int[] PARALLELISMS = {1, 2, 4};
  private static final int KILLS = 3;

  @TempDir Path directory;

  @Test
  void fromTheInboxOn() throws Exception {
    Report report = new Report();
    long seed = System.nanoTime() % 1_000_000;
    try (LogScene scene = new LogScene(directory, report)) {
      scene.write(false, LOAD, SILENCE);
      for (int parallelism : PARALLELISMS) {
        scene.replayInbox(parallelism, 0, 0);
      }
      for (int parallelism : PARALLELISMS) {
        scene.replayInbox(parallelism, KILLS, seed + parallelism);
      }
    }
    report.printTable();
  }

  /** Every record of a device is in one partition: between partitions there is no order. */
  @Test
  void fromTheSourcesOn() throws Exception {
    Report report = new Report();
    try (LogScene scene = new LogScene(directory, report)) {
      scene.write(true, LOAD, SILENCE);
      for (int parallelism : PARALLELISMS) {
        scene.replaySources(parallelism);
      }
    }
    report.printTable();
  }
}
