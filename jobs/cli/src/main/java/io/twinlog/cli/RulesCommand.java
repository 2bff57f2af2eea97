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
    description = "Checks, publishes, lists, shows and compares sets of rules.",
    subcommands = {
      RulesCheck.class,
      RulesPublish.class,
      RulesList.class,
      RulesShow.class,
      RulesDiff.class
    },
    footer = {
      "",
      "A set that is published is in force from the next tick on in each source partition.",
      "",
      "Example:",
      "  twinlog rules check rules.yaml"
    })
final class RulesCommand implements Runnable {
  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "check, publish, list, show or diff?");
  }

  Twinlog twinlog() {
    return twinlog;
  }
}
