// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog ledger}: what jobs read, and what became of it. It does nothing by itself. */
@Command(
    name = "ledger",
    description = "Proves that every record that a job read has an outcome.",
    subcommands = CheckLedgerCommand.class,
    footer = {"", "Example:", "  twinlog ledger check"})
final class LedgerCommand implements Runnable {
  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "check?");
  }

  Twinlog twinlog() {
    return twinlog;
  }
}
