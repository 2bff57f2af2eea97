// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the proof {@code digests}. */
class DigestTest {
  @TempDir Path directory;

  @Test
  void theSameLogGivesTheSameAtAnotherParallelismAndThroughAKill() throws Exception {
    Report report = new Report();
    try (LogScene scene = new LogScene(directory, report)) {
      scene.write(false, Duration.ofSeconds(2), Duration.ofSeconds(6));
      scene.replayInbox(1, 0, 0);
      scene.replayInbox(4, 1, 20_261);
    }
    report.printTable();
  }
}
