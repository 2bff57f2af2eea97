// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The broker of a local run in a process of its own, to be killed, paused and restarted apart from
 * the jobs. What it had acknowledged is there again after a restart on the same directory.
 */
@Command(
    name = "broker",
    description = "Runs a Kafka broker alone, until a signal.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class BrokerProcess implements Callable<Integer> {
  private final CompletableFuture<Void> stop;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "Kept between runs.")
  private Path data;

  @Option(names = "--port", paramLabel = "P", required = true, description = "For clients.")
  private int port;

  @Option(names = "--ready-file", paramLabel = "FILE", description = "Written once it serves.")
  private Path readyFile;

  private BrokerProcess(CompletableFuture<Void> stop) {
    this.stop = stop;
  }

  public static void main(String[] arguments) {
    CompletableFuture<Void> stop = new CompletableFuture<>();
    Signals.handle(() -> stop.complete(null));
    System.exit(Failures.execute(new CommandLine(new BrokerProcess(stop)), arguments));
  }

  @Override
  public Integer call() throws Exception {
    DataDirectory.requireWritable(data);
    LocalLog.configure(data);
    if (readyFile != null) {
      Files.deleteIfExists(readyFile);
    }
    try (DataDirectory directory = DataDirectory.open(data);
        EmbeddedBroker broker = EmbeddedBroker.start(directory.kafka(), port)) {
      ReadyFile ready = ReadyFile.ofThisProcess(broker.bootstrap(), "", "", directory.root());
      if (readyFile != null) {
        ready.write(readyFile);
      }
      stop.join();
      if (readyFile != null) {
        ready.remove(readyFile);
      }
    }
    return 0;
  }
}
