// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short forms of the proofs {@code poison} and {@code flood}. */
class NothingLostTest {
  @TempDir Path directory;

  @Test
  void aPoisonedDeviceWaitsAloneAndItsRedriveThroughAKillMakesUpForAllOfIt() throws Exception {
    Report report = new Report();
    Duration talk = Duration.ofSeconds(20);
    Duration silence = Duration.ofSeconds(45);
    Instant begin = Instant.now().minus(talk).minus(silence);
    try (ProcessRig rig = new ProcessRig(directory)) {
      PoisonLog.Plan plan = new PoisonLog.Plan(50, 20, talk, silence, begin);
      new PoisonScene(rig, directory, plan, report).playWithTwin();
    }
    report.printTable();
  }
}
