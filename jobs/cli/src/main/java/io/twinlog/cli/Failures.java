// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.config.ConfigException;

/**
 * Turns what ended a command into one line on stderr and an exit code. The stack goes to the file
 * of {@code TWINLOG_LOG}, or nowhere.
 */
final class Failures {
  private static final String LOG = "TWINLOG_LOG";

  private final Environment environment;

  Failures(Environment environment) {
    this.environment = environment;
  }

  int tell(Exception failure) {
    if (failure instanceof JsonLines.ClosedPipe) {
      return ExitCode.DONE; // the reader had enough; there is nobody to tell
    }
    keepStack(failure);
    if (failure instanceof CommandFailure known) {
      environment.say("twinlog: " + known.getMessage());
      return known.exitCode();
    }
    Throwable root = root(failure);
    String kind = root.getClass().getSimpleName();
    environment.say(
        "twinlog: " + (root.getMessage() == null ? kind : kind + ": " + root.getMessage()));
    return root instanceof ConfigException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  /** What it all began with: the one that says it in the fewest words. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private void keepStack(Exception failure) {
    String file = environment.variables().getOrDefault(LOG, "");
    if (file.isBlank()) {
      return;
    }
    try (PrintWriter log =
        new PrintWriter(
            Files.newBufferedWriter(
                Path.of(file),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND))) {
      failure.printStackTrace(log);
    } catch (IOException e) {
      environment.say("twinlog: cannot write to " + LOG + ", " + file + ": " + e.getMessage());
    }
  }
}
