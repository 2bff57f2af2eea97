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

/** {@code twinlog parked redrive}: lets what waits with keys be tried again. */
@Command(
    name = "redrive",
    description = "Works off what waits with keys, in order; prints one result a line.",
    footer = {
      "",
      "ACCEPTED: all of it was worked off, as if nothing had been.",
      "REFUSED, parked_again: one of them failed again; what came before it is worked off.",
      "REFUSED, not_parked: somebody else, or a retry, was faster.",
      "",
      "Example:",
      "  twinlog parked redrive pump-9"
    })
final class RedriveParkedCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "KEY",
      arity = "0..*",
      description = "Ids of aggregates that wait; else --all.")
  private List<String> keys = List.of();

  @Option(names = "--all", description = "Every key that waits.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only prints what would be sent; status WOULD_SEND.")
  private boolean dryRun;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for whoever asks later.")
  private Optional<String> note;

  @Mixin private OrderTerms terms;
  @ParentCommand private ParkedCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (all != keys.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give keys; or --all");
    }
    ParkedDesk desk = new ParkedDesk(parent.twinlog());
    ParkedBook book = desk.read(told -> all || keys.contains(told.getKey()), false);
    List<ParkedKey> chosen = List.copyOf(all ? book.keys() : book.require(keys));
    parent
        .twinlog()
        .environment()
        .say("twinlog: " + Counted.of(chosen.size(), "key") + " to redrive");
    if (chosen.isEmpty()) {
      return ExitCode.DONE;
    }
    Orders orders = desk.orders(terms);
    List<CommandDraft> drafts =
        chosen.stream().map(key -> orders.signed(ParkedDesk.redrive(key, note))).toList();
    return dryRun ? orders.rehearse(drafts) : orders.send(drafts);
  }
}
