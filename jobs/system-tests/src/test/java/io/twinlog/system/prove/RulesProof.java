// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that are published in the middle of a run hold from their tick on, kills or not. */
@Tag("prove")
class RulesProof {
  private static final int EVENTS = 100_000;
  private static final Duration LOAD = Duration.ofSeconds(100);

  @TempDir Path directory;

  @Test
  void rules() throws Exception {
    Report report = new Report();
    try (RulesRun run = new RulesRun(directory, report)) {
      run.writeWhileRulesChange(EVENTS, LOAD);
      run.judge(EVENTS);
      run.replayWithoutKills();
    }
    report.printTable();
  }
}
