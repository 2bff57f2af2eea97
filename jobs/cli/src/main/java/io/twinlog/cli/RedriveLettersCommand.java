// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog dead-letters redrive}: lets records that failed be tried again. */
@Command(
    name = "redrive",
    description =
        "Tries records again, bytes and headers unchanged, in the order of the topic; prints one"
            + " result a line.",
    footer = {
      "",
      "ACCEPTED: the record is on its way; if its job cannot use it either, there is a new letter.",
      "REFUSED: it failed again, and is a new letter; or it had as many attempts as it may have.",
      "No letter is sent twice; what failed again is a new letter, and chosen anew.",
      "",
      "Example:",
      "  twinlog dead-letters redrive --reason unknown_device --key pump-9"
    })
final class RedriveLettersCommand implements Callable<Integer> {
  @Mixin private LetterChoice choice;
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
      environment.say("twinlog: " + Counted.of(letters.size(), "letter") + " to redrive");
      if (letters.isEmpty()) {
        return picked.exitCode(ExitCode.DONE);
      }
      return picked.exitCode(
          choice.dryRun()
              ? orders.rehearse(letters, orders::redriveDraft)
              : orders.redrive(letters));
    }
  }
}
