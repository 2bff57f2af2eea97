// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog escalation}: tries out what alerts would do. */
@Command(
    name = "escalation",
    description = "Tries out what errors would come to, and who would be told.",
    subcommands = {EscalationSimulate.class})
final class EscalationCommand implements Runnable {
  @ParentCommand private Twinlog twinlog;

  @Spec private CommandSpec spec;

  Twinlog twinlog() {
    return twinlog;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: simulate");
  }
}
