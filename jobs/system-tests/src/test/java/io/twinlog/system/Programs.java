// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs beside Java that a test asks for. Without one the test is skipped and says so; it fails
 * instead where {@code TWINLOG_NO_SKIP=1} is set, as in {@code .ci/run}, which installs them.
 */
public final class Programs {
  private Programs() {}

  public static void require(String program) {
    if (isInstalled(program)) {
      return;
    }
    String reason = program + " is not installed";
    if ("1".equals(System.getenv("TWINLOG_NO_SKIP"))) {
      Assertions.fail(reason + ", and TWINLOG_NO_SKIP=1 allows no skip");
    }
    Assumptions.abort("skipped: " + reason);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .anyMatch(Files::isExecutable);
  }
}
