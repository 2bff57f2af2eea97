// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog dead-letters}: what could not be processed. It does nothing by itself. */
@Command(
    name = "dead-letters",
    description = "Lists, shows, redrives and discards what could not be processed.",
    subcommands = {
      ListLettersCommand.class,
      ShowLetterCommand.class,
      RedriveLettersCommand.class,
      DiscardLettersCommand.class
    },
    footer = {
      "",
      "A letter is named by its place in the topic dead-letters: PARTITION/OFFSET.",
      "",
      "Example:",
      "  twinlog dead-letters redrive --reason unknown_device --key pump-9"
    })
final class DeadLettersCommand implements Runnable {
  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show, redrive or discard?");
  }

  Twinlog twinlog() {
    return twinlog;
  }
}
