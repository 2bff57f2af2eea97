// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.LedgerReport.Silent;
import io.twinlog.cli.TopicReader.Bounds;
import io.twinlog.wire.LedgerKeeper;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      "Exit codes: 0 no residue, 1 no ledger, 3 residue, 4 not settled in time, or a job is silent.",
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
    try (TopicReader reader = TopicReader.open(parent.twinlog(), Topic.LEDGER)) {
      reader.read(Topic.LEDGER, windows::add);
      require(windows, jobs);
      String prefix = connection.settings().prefix();
      Map<TopicPartition, Bounds> before = reader.bounds(topics(windows, prefix));
      settle(windows, reader, environment, () -> !silent(windows, before, prefix).isEmpty());
      Map<TopicPartition, Bounds> bounds = reader.bounds(topics(windows, prefix));
      LedgerReport report = new LedgerReport(environment, prefix);
      List<LedgerWindow> shown =
          windows.all().stream().filter(window -> all || window.hasResidue()).toList();
      if (json) {
        report.printJson(shown, windows, bounds);
      } else {
        report.printTables(shown, windows, bounds);
      }
      return report.judge(windows, silent(windows, bounds, prefix));
    }
  }

  private TreeSet<String> topics(LedgerWindows windows, String prefix) {
    TreeSet<String> topics =
        windows.sums().stream()
            .map(LedgerSum::topic)
            .collect(Collectors.toCollection(TreeSet::new));
    keepers().forEach(keeper -> keeper.reads().forEach(topic -> topics.add(topic.in(prefix))));
    return topics;
  }

  private Stream<LedgerKeeper> keepers() {
    return Arrays.stream(LedgerKeeper.values())
        .filter(keeper -> job.map(keeper.job()::equals).orElse(true));
  }

  private List<Silent> silent(
      LedgerWindows windows, Map<TopicPartition, Bounds> bounds, String prefix) {
    return keepers()
        .flatMap(
            keeper ->
                keeper.reads().stream()
                    .filter(topic -> windows.isSilent(keeper.job(), topic.in(prefix)))
                    .map(topic -> new Silent(keeper.job(), topic, held(bounds, topic.in(prefix)))))
        .filter(silent -> silent.offsets() > 0)
        .toList();
  }

  private static long held(Map<TopicPartition, Bounds> bounds, String topic) {
    return bounds.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().end() - entry.getValue().beginning())
        .sum();
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

  /**
   * Reads on until checkpoints have decided about every window and every job has told, or time is
   * up.
   */
  private void settle(
      LedgerWindows windows, TopicReader reader, Environment environment, BooleanSupplier silent) {
    Instant end = environment.clock().instant().plus(timeout);
    if (windows.isOnItsWay() || silent.getAsBoolean()) {
      environment.say(
          "twinlog: records, or jobs, are on their way; waiting up to " + DurationText.of(timeout));
    }
    while ((windows.isOnItsWay() || silent.getAsBoolean())
        && environment.clock().instant().isBefore(end)) {
      reader.readOn(windows::add);
    }
  }
}
