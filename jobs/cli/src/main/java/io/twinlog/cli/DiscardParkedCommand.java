// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog parked discard}: gives up inputs that wait, the first ones first. */
@Command(
    name = "discard",
    description =
        "Gives up the first input that waits with a key, or more, and works off the rest. The bytes"
            + " stay in the topics.",
    footer = {
      "",
      "Example:",
      "  twinlog parked discard pump-9 --note 'a defect of 0.3.0' --dry-run"
    })
final class DiscardParkedCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KEY", description = "Id of the aggregate.")
  private String key;

  @Option(
      names = "--job",
      paramLabel = "J",
      description = "The job that the key waits in; needed where it waits in two.")
  private Optional<String> job;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "How many, the first ones first (default: 1).")
  private Optional<Integer> records;

  @Option(names = "--all-records", description = "Every input that waits with the key.")
  private boolean allRecords;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for whoever asks later.")
  private Optional<String> note;

  @Option(names = "--dry-run", description = "Only prints what would be sent; status WOULD_SEND.")
  private boolean dryRun;

  @Mixin private OrderTerms terms;
  @ParentCommand private ParkedCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (records.isPresent() && (allRecords || records.get() < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--records is at least 1, and --all-records stands alone");
    }
    ParkedDesk desk = new ParkedDesk(parent.twinlog());
    ParkedKey found = desk.read(told -> told.getKey().equals(key), false).requireOne(key, job);
    ParkedDesk.GivenUp givenUp = new ParkedDesk.GivenUp(allRecords, records.orElse(1));
    parent.twinlog().environment().say("twinlog: " + announced(found, givenUp));
    Orders orders = desk.orders(terms);
    List<CommandDraft> drafts = List.of(orders.signed(ParkedDesk.discard(found, givenUp, note)));
    return dryRun ? orders.rehearse(drafts) : orders.send(drafts);
  }

  /**
   * What is about to happen, for people.
   *
   * @throws CommandFailure when nothing waits that could be given up
   */
  static String announced(ParkedKey key, ParkedDesk.GivenUp givenUp) {
    int waiting = key.waiting().size();
    if (waiting == 0) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "no input waits with key '"
              + key.key()
              + "' in job "
              + key.job()
              + ": a deadline of it has failed, which cannot be given up; 'twinlog parked redrive'"
              + " lets it be tried again");
    }
    int count = givenUp.of(waiting);
    String rest =
        count == waiting
            ? "nothing is left to work off"
            : "the other " + (waiting - count) + " are worked off";
    return "%d of %d inputs of key '%s' in job %s are given up; %s"
        .formatted(count, waiting, key.key(), key.job(), rest);
  }
}
