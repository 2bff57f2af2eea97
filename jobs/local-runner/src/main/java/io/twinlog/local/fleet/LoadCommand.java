// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.local.DurationText;
import io.twinlog.local.Version;
import io.twinlog.local.fleet.core.FleetPlan;
import io.twinlog.local.fleet.core.Mix;
import io.twinlog.local.fleet.core.Share;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code twinlog bench load}: a simulated fleet against a Twinlog that runs, and what came of it.
 * It starts nothing, and cleans nothing up: the devices stay.
 */
@Command(
    name = "load",
    description =
        "Lets a simulated fleet speak to a Twinlog that runs, and measures what comes of it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Exit codes: 0 all delivered and read, 1 something was not delivered, 2 usage,",
      "4 no broker answers, or the jobs have not read all within the patience.",
      "",
      "Example:",
      "  twinlog bench load --devices 10000 --rate 2000 --for 10m"
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final String NAME = "load";
  private static final int TRUTH_MEBIBYTES = 4_096;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Addresses of the brokers (default: TWINLOG_BOOTSTRAP, else the local run).")
  private Optional<String> bootstrap;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "What topic names begin with (default: that of the local run, or twinlog.).")
  private Optional<String> prefix;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "1000",
      converter = DeviceCount.class,
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int devices;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS_PER_SECOND",
      defaultValue = "1000",
      converter = Rate.Converter.class,
      description = "Messages a second, or max: as fast as the brokers take them.")
  private Rate rate;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = DurationText.class,
      description = "How long the fleet speaks (default: ${DEFAULT-VALUE}).")
  private Duration lasts;

  @Mixin private FleetOptions fleet;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "Is part of each id; the same again: all doubles (default: the time).")
  private Optional<String> run;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Writes down what is true of the fleet (default: nowhere).")
  private Optional<Path> truth;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = DurationText.class,
      description =
          "How long the jobs may take to catch up afterwards (default: ${DEFAULT-VALUE}).")
  private Duration patience;

  @Option(names = "--json", description = "Prints one object instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** The command by itself. */
  public static void main(String[] arguments) {
    System.setProperty("log4j2.configurationFile", "load-log4j2.xml");
    System.exit(
        new CommandLine(new LoadCommand()).setCommandName("twinlog bench load").execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Consumer<String> say =
        line -> {
          spec.commandLine().getErr().println(line);
          spec.commandLine().getErr().flush();
        };
    try {
      return load(say);
    } catch (LoadFailure e) {
      say.accept("twinlog: " + e.getMessage());
      return e.exitCode();
    } catch (KafkaException | UncheckedIOException e) {
      say.accept("twinlog: " + deepest(e));
      return LoadFailure.FAILED;
    }
  }

  private int load(Consumer<String> say) throws InterruptedException {
    Load load = new Load(plan(), rate, lasts, patience);
    ClientSettings settings = Installation.find(bootstrap, prefix, System.getenv());
    LoadFigures figures =
        load.run(settings, truth.map(file -> new TruthFile(file, TRUTH_MEBIBYTES)), say);
    if (json) {
      spec.commandLine().getOut().println(figures.json());
    } else {
      figures.table().forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine().getOut().flush();
    if (figures.notDelivered() > 0) {
      return LoadFailure.FAILED;
    }
    return figures.caughtUpSeconds().isPresent() ? DONE : LoadFailure.NO_ANSWER;
  }

  private FleetPlan plan() {
    String name = run.orElseGet(() -> Long.toString(Instant.now().getEpochSecond(), 36));
    if (!name.matches("[A-Za-z0-9]{1,16}")) {
      throw new ParameterException(
          spec.commandLine(), "--run is 1 to 16 letters and digits, not '" + name + "'");
    }
    if (devices == 0) {
      throw new ParameterException(spec.commandLine(), "--devices: a load has at least one");
    }
    Mix own = rate.max() ? fleet.mix().with(Share.SILENCES, 0) : fleet.mix();
    return new FleetPlan(fleet.seed(), devices, rate.perSecond(), own, NAME, name, true);
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
