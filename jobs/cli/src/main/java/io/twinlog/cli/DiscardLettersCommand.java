// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog dead-letters discard}: decides that records are not tried again. */
@Command(
    name = "discard",
    description =
        "Records that letters are not to be tried again; their bytes stay until retention.",
    footer = {
      "",
      "Example:",
      "  twinlog dead-letters discard 0/17 2/4 --note 'test of the gateway'"
    })
final class DiscardLettersCommand implements Callable<Integer> {
  @Mixin private LetterChoice choice;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for whoever asks later.")
  private Optional<String> note;

  @Mixin private OrderTerms terms;
  @ParentCommand private DeadLettersCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    choice.require(spec);
    Environment environment = parent.twinlog().environment();
    try (LetterDesk desk = LetterDesk.open(parent.twinlog())) {
      LetterChoice.Picked picked = choice.pick(desk, desk.read(choice.wanted()), environment);
      List<Letter> letters = picked.letters();
      LetterOrders orders = new LetterOrders(environment, desk, terms);
      environment.say("twinlog: " + Counted.of(letters.size(), "letter") + " to discard");
      if (letters.isEmpty()) {
        return picked.exitCode(ExitCode.DONE);
      }
      return picked.exitCode(
          choice.dryRun()
              ? orders.rehearse(letters, letter -> orders.discardDraft(letter, note))
              : orders.discard(letters, note));
    }
  }
}
