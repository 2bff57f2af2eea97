// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog parked}: keys that wait as an input has failed. It does nothing by itself. */
@Command(
    name = "parked",
    description = "Lists, shows, redrives and discards what waits as an input of its key failed.",
    subcommands = {
      ListParkedCommand.class,
      ShowParkedCommand.class,
      RedriveParkedCommand.class,
      DiscardParkedCommand.class
    },
    footer = {
      "",
      "A parked key waits with all that comes later of it; other keys do not notice.",
      "",
      "Example:",
      "  twinlog parked list"
    })
final class ParkedCommand implements Runnable {
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
