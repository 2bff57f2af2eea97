// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.SettingsException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * How the command fails: wrong usage and failures are told in one line, and stacks go to the log.
 * It decides nothing about what a failure is.
 */
final class Failures {
  static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Failures() {}

  /** Runs the command and returns its exit code, whatever it throws. */
  static int execute(CommandLine command, String... arguments) {
    command
        .setParameterExceptionHandler((wrong, given) -> refuse(wrong))
        .setExecutionExceptionHandler((failure, failed, parsed) -> tell(failure, failed));
    try {
      return command.execute(arguments);
    } catch (Error e) {
      // Picocli lets errors through, and threads of the broker would keep the JVM from ending.
      return tell(e, command);
    }
  }

  private static int refuse(ParameterException wrong) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println(wrong.getMessage());
    err.println("Try '%s --help'.".formatted(wrong.getCommandLine().getCommandName()));
    return WRONG_USAGE;
  }

  private static int tell(Throwable failure, CommandLine command) {
    if (!(failure instanceof SettingsException)) {
      // What a setting lacks is said in its message; and there may be no place for a log yet.
      LoggerFactory.getLogger(Failures.class).error("the local run ends", failure);
    }
    command.getErr().println(RootCause.of(failure));
    return FAILED;
  }
}
