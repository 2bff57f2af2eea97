// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.wire.BuildVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code twinlog fuzz}: the simulations, as many as one likes. Exit code 0: nothing was found. */
@Command(
    name = "twinlog fuzz",
    mixinStandardHelpOptions = true,
    versionProvider = FuzzCommand.Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Simulates router, device job and telemetry job through crashes, lag, doubles and disorder, and compares what"
            + " comes out with an oracle.",
    footer = {
      "",
      "The same seed gives the same steps. Of a seed that fails the shortest prefix of steps that",
      "fails is printed. Exit codes: 0 nothing was found, 1 a seed failed, 2 usage.",
      "",
      "Example:",
      "  twinlog fuzz --seeds 10000 --from 501"
    })
public final class FuzzCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--from",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first of them (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(names = "--seed", paramLabel = "S", description = "Only this one, with all its steps.")
  private Optional<Long> seed;

  @Option(
      names = "--defect",
      paramLabel = "DEFECT",
      defaultValue = "NONE",
      description =
          "Plants a defect, to see that it is noticed: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private Defect defect;

  @Option(
      names = "--restarts",
      description = "Saves and restores the stateful jobs after every step, at any parallelism.")
  private boolean restarts;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private final PrintStream say;

  private FuzzCommand(PrintStream out, PrintStream say) {
    this.out = out;
    this.say = say;
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new FuzzCommand(System.out, System.err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (seeds < 1) {
      throw new ParameterException(spec.commandLine(), "--seeds is at least 1");
    }
    long begin = System.nanoTime();
    Simulation.Plan plan = new Simulation.Plan(defect, restarts);
    List<Fuzz.Failure> failures =
        seed.isPresent()
            ? Fuzz.run(seed.get(), plan).stream().toList()
            : Fuzz.run(from, seeds, plan, say);
    failures.forEach(failure -> out.println(failure.text()));
    out.printf(
        "%d seeds, %d failed, %.1f s%n",
        seed.isPresent() ? 1 : seeds, failures.size(), (System.nanoTime() - begin) / 1e9);
    return failures.isEmpty() ? 0 : FAILED;
  }

  /** What it answers to {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {BuildVersion.line()};
    }
  }
}
