// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/examples/tour.sh, as its reader runs it: every promise of router and device job, through a
 * real broker.
 */
class TourTest {
  @TempDir Path directory;

  @Test
  void comesOutAsItIsKept() throws Exception {
    Path output = directory.resolve("tour.out");

    int exit =
        new ProcessBuilder(LocalProcess.home().resolve("docs/examples/tour.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();

    assertThat(exit).as(Files.readString(output)).isZero();
  }
}
