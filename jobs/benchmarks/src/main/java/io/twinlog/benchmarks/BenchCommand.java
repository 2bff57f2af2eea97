// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.local.Version;
import io.twinlog.local.fleet.LoadCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code twinlog bench}: measures. By itself it only says what it can measure. */
@Command(
    name = "twinlog bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 100,
    description = "Measures what Twinlog costs, and what it finds.",
    footer = {"", "Exit codes: 0 measured, 1 failed or not to be trusted, 2 usage."})
public final class BenchCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  private BenchCommand() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(Path.of(System.getenv("TWINLOG_HOME"))).execute(arguments));
  }

  /**
   * The command with all that it can measure.
   *
   * @param home root of the checkout
   */
  static CommandLine commandLine(Path home) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new PipelineCommand(home))
        .addSubcommand(new QualityCommand(home))
        .addSubcommand("load", new LoadCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, command));
  }

  /** In one line; the logs of the processes have the rest. */
  private static int tell(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println(RootCause.of(failure));
    return FAILED;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "what is to be measured is missing");
  }
}
