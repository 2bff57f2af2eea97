// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** The command of a local run, with two identity jobs: for tests of it in a process of its own. */
final class IdentityRun {
  private IdentityRun() {}

  public static void main(String[] arguments) {
    CompletableFuture<Void> stop = new CompletableFuture<>();
    Signals.handle(() -> stop.complete(null));
    LocalRun run =
        new LocalRun(
            Path.of(System.getenv("TWINLOG_HOME")),
            () -> List.of(new IdentityJob("one"), new IdentityJob("two")),
            stop);
    System.exit(Failures.execute(new CommandLine(run), arguments));
  }
}
