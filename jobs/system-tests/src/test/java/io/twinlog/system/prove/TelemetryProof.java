// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes late, doubled, shuffled and a year after it was measured gives the statistics of a
 * batch, at parallelism 1 and 2 and through kills.
 */
@Tag("prove")
class TelemetryProof {
  private static final List<Integer> DEVICES = List.of(10, 40, 150, 300);
  private static final int KILLS = 2;

  @TempDir Path directory;

  @Test
  void telemetry() throws Exception {
    Report report = new Report();
    long seed = System.nanoTime() % 1_000_000;
    try (TelemetryScene scene = new TelemetryScene(directory, report, DEVICES)) {
      scene.write();
      scene.replay(1, 0, 0);
      scene.judgeStatistics();
      scene.replay(2, 0, 0);
      scene.replay(1, KILLS, seed + 1);
      scene.replay(2, KILLS, seed + 2);
    }
    report.printTable();
  }
}
