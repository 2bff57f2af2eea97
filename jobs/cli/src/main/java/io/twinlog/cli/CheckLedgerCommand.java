// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.TopicReader.Bounds;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog ledger check}: whether every record that jobs read has an outcome. */
@Command(
    name = "check",
    description =
        "Compares what jobs read with what became of it. Prints windows with residue, and the sums"
            + " of each job and topic.",
    footer = {
      "",
      "Residue are records that were read and have no outcome. What is on its way is waited for.",
      "Exit codes: 0 no residue, 1 no ledger, 3 residue, 4 not settled in time.",
      "",
      "Example:",
      "  twinlog ledger check --job device --all"
    })
final class CheckLedgerCommand implements Callable<Integer> {
  @Option(names = "--job", paramLabel = "J", description = "Only this job.")
  private Optional<String> job;

  @Option(names = "--all", description = "Prints every window that is kept.")
  private boolean all;

  @Option(
      names = "--json",
      description = "Prints one object a line: windows, then sums, by their 'kind'.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "60s",
      defaultValue = "60s",
      converter = DurationText.class,
      description = "How long to wait for what is on its way (default: 60s).")
  private Duration timeout;

  @ParentCommand private LedgerCommand parent;

  @Override
  public Integer call() {
    Environment environment = parent.twinlog().environment();
    Connection connection = parent.twinlog().connection();
    TreeSet<String> jobs = new TreeSet<>();
    LedgerWindows windows =
        new LedgerWindows(
            told -> {
              jobs.add(told.getJob());
              return job.map(told.getJob()::equals).orElse(true);
            });
    try (TopicReader reader = TopicReader.open(connection, Topic.LEDGER)) {
      reader.read(Topic.LEDGER, windows::add);
      require(windows, jobs);
      settle(windows, reader, environment);
      Map<TopicPartition, Bounds> bounds =
          reader.bounds(windows.sums().stream().map(LedgerSum::topic).collect(Collectors.toSet()));
      LedgerReport report = new LedgerReport(environment, connection.settings().prefix());
      List<LedgerWindow> shown =
          windows.all().stream().filter(window -> all || window.hasResidue()).toList();
      if (json) {
        report.printJson(shown, windows, bounds);
      } else {
        report.printTables(shown, windows, bounds);
      }
      return report.judge(windows);
    }
  }

  private void require(LedgerWindows windows, TreeSet<String> jobs) {
    if (!windows.all().isEmpty()) {
      return;
    }
    throw new CommandFailure(
        ExitCode.FAILED,
        jobs.isEmpty()
            ? "the ledger is empty: do the jobs run? The first records come with the first"
                + " checkpoint, after 10 s by default (execution.checkpointing.interval)"
            : "the ledger has nothing of job '"
                + job.orElse("")
                + "', only of "
                + String.join(", ", jobs));
  }

  /** Reads on until checkpoints have decided about every window, or time is up. */
  private void settle(LedgerWindows windows, TopicReader reader, Environment environment) {
    Instant end = environment.clock().instant().plus(timeout);
    if (windows.isOnItsWay()) {
      environment.say(
          "twinlog: records are on their way; waiting up to " + DurationText.of(timeout));
    }
    while (windows.isOnItsWay() && environment.clock().instant().isBefore(end)) {
      reader.readOn(windows::add);
    }
  }
}
