// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog parked list}: one line per key that waits now, the longest first. */
@Command(
    name = "list",
    description = "Lists the keys that wait now, the longest first.",
    footer = {"", "Example:", "  twinlog parked list --job device"})
final class ListParkedCommand implements Callable<Integer> {
  /** A key is what every other command needs: it is not cut. */
  private static final int KEY_SHOWN = 1_024;

  private static final int TYPE_SHOWN = 32;
  private static final int FAILURE_SHOWN = 96;

  @Option(names = "--key", paramLabel = "K", description = "Only this key.")
  private Optional<String> key;

  @Option(names = "--job", paramLabel = "J", description = "Only keys of this job.")
  private Optional<String> job;

  @Option(names = "--json", description = "Prints one object a line.")
  private boolean json;

  @ParentCommand private ParkedCommand parent;

  @Override
  public Integer call() {
    Environment environment = parent.twinlog().environment();
    List<ParkedKey> keys =
        new ParkedDesk(parent.twinlog())
            .read(
                told ->
                    key.map(told.getKey()::equals).orElse(true)
                        && job.map(told.getJob()::equals).orElse(true),
                false)
            .keys();
    JsonLines out = new JsonLines(environment.out());
    if (json) {
      keys.forEach(key -> out.write(key.json()));
    } else if (!keys.isEmpty()) {
      new TextTable(keys.stream().map(ListParkedCommand::row).toList())
          .lines("KEY", "JOB", "WAITING", "SINCE", "ATTEMPTS", "NEXT RETRY", "TYPE", "FAILURE")
          .forEach(out::writeText);
    }
    out.flush();
    long inputs = keys.stream().mapToLong(key -> key.waiting().size()).sum();
    environment.say(
        "twinlog: waiting: "
            + Counted.of(keys.size(), "key")
            + " with "
            + Counted.of(inputs, "input"));
    return ExitCode.DONE;
  }

  static List<String> row(ParkedKey key) {
    return List.of(
        TerminalText.cell(key.key(), KEY_SHOWN),
        TerminalText.cell(key.job(), TYPE_SHOWN),
        Integer.toString(key.waiting().size()),
        Letter.instant(key.since().toEpochMilli()),
        Integer.toString(key.attempts()),
        key.retryClock().map(clock -> "at clock " + clock).orElse("by command"),
        TerminalText.cell(
            key.failure()
                .map(failure -> failure.type().isEmpty() ? "(deadline)" : failure.type())
                .orElse(""),
            TYPE_SHOWN),
        TerminalText.cell(key.failure().map(ParkedFailure::text).orElse(""), FAILURE_SHOWN));
  }
}
