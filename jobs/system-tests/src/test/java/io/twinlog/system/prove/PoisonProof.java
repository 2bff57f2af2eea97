// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One poisoned device among 10,000 changes nothing for the others, and is mended whole. */
@Tag("prove")
class PoisonProof {
  private static final Duration TALK = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void poison() throws Exception {
    Report report = new Report();
    Instant begin = Instant.now().minus(TALK).minus(SILENCE);
    try (ProcessRig rig = new ProcessRig(directory)) {
      PoisonLog.Plan plan = new PoisonLog.Plan(10_000, 2_000, TALK, SILENCE, begin);
      new PoisonScene(rig, directory, plan, report).playTwice();
    }
    report.printTable();
  }
}
