// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog rules}: what the jobs decide by. It does nothing by itself. */
@Command(
    name = "rules",
    description = "Publishes, lists and shows sets of rules.",
    subcommands = {RulesPublish.class, RulesList.class, RulesShow.class},
    footer = {
      "",
      "A set that is published is in force from the next tick on in each source partition.",
      "",
      "Example:",
      "  twinlog rules list"
    })
final class RulesCommand implements Runnable {
  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "publish, list or show?");
  }

  Twinlog twinlog() {
    return twinlog;
  }
}
