// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.LineOutcome.Invalid;
import io.twinlog.cli.LineReader.Line;
import io.twinlog.client.Publisher;
import io.twinlog.client.PublisherSettings;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code twinlog send}: each line of a file to {@code ingress}, its bytes unchanged. It validates
 * only on request; the router judges in any case.
 */
@Command(
    name = "send",
    description = "Sends each line to 'ingress', its bytes unchanged, keyed by its device.",
    footer = {
      "",
      "A line may be a CloudEvent 1.0 in JSON, too. Blank lines are passed over. Exit codes: 3 when a line is invalid, 1 when one failed.",
      "A line that cannot be delivered ends the sending, unless it is only too large itself.",
      "",
      "Example:",
      "  twinlog send --check --results events.jsonl"
    })
final class SendCommand implements Callable<Integer> {
  private static final int UNDER_WAY_MAX = 10_000;

  /** A file can wait: none of its events gives way to others. */
  private static final PublisherSettings OF_A_FILE = PublisherSettings.DEFAULT.withLowPercent(100);

  private static final Duration READING_PATIENCE = Duration.ofMillis(500);
  private static final Duration INTERRUPTED_PATIENCE = Duration.ofSeconds(5);

  @Parameters(
      paramLabel = "FILE|-",
      arity = "0..1",
      defaultValue = "-",
      description = "One event a line; - is stdin (default).")
  private String file;

  @Option(
      names = "--results",
      description =
          "Prints {line, id, status, partition, offset, error} for each line;"
              + " status: published, invalid or failed.")
  private boolean results;

  @Option(
      names = "--check",
      description = "Validates each line as the router does, and does not send what is invalid.")
  private boolean check;

  @ParentCommand private Twinlog twinlog;

  private final CountDownLatch linesEnded = new CountDownLatch(1);
  private boolean finished;
  private int exitCode;

  @Override
  public Integer call() throws IOException {
    Optional<EventLine> checker = check ? Optional.of(new EventLine()) : Optional.empty();
    Connection connection = twinlog.connection();
    try (InputStream input = twinlog.environment().open(file)) {
      Broker.require(connection, Topic.INGRESS);
      return send(input, connection, checker);
    }
  }

  private int send(InputStream input, Connection connection, Optional<EventLine> checker)
      throws IOException {
    SendReport report = new SendReport(twinlog.environment(), results);
    try (Publisher publisher = new Publisher(connection.settings(), OF_A_FILE)) {
      InOrder<LineOutcome> outcomes = new InOrder<>(UNDER_WAY_MAX, report);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> interrupt(publisher, outcomes, report)));
      boolean whole =
          sendLines(
              new LineReader(input), line -> send(line, publisher, checker), outcomes, report);
      linesEnded.countDown();
      publisher.flush();
      return finish(outcomes, report, whole);
    }
  }

  /** Returns whether it came to the end of the input. */
  private boolean sendLines(
      LineReader lines,
      Function<Line, CompletableFuture<LineOutcome>> sender,
      InOrder<LineOutcome> outcomes,
      SendReport report)
      throws IOException {
    Optional<Line> line = lines.next();
    while (line.isPresent()) {
      if (report.stopped() || !outcomes.submit(sender.apply(line.get()))) {
        return false;
      }
      line = lines.next();
    }
    return true;
  }

  private CompletableFuture<LineOutcome> send(
      Line line, Publisher publisher, Optional<EventLine> checker) {
    Optional<String> id = results ? EventLine.id(line.bytes()) : Optional.empty();
    Optional<String> error =
        line.tooLong()
            ? Optional.of("too_large: longer than " + LineReader.LINE_BYTES_MAX + " bytes")
            : checker.flatMap(each -> each.error(line.bytes()));
    if (error.isPresent()) {
      return CompletableFuture.completedFuture(new Invalid(line.number(), id, error.get()));
    }
    return publisher
        .publishJson(line.bytes())
        .thenApply(outcome -> LineOutcome.of(line.number(), id, outcome))
        .toCompletableFuture();
  }

  /**
   * On Ctrl-C: no more lines, a moment for what is under way, the sum. The thread that reads lines
   * may be waiting for input that never comes.
   */
  private void interrupt(Publisher publisher, InOrder<LineOutcome> outcomes, SendReport report) {
    report.stop();
    try {
      linesEnded.await(READING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close(INTERRUPTED_PATIENCE);
    finish(outcomes, report, false);
  }

  /** Tells the sum, once: at the end, or when the process is interrupted before. */
  private synchronized int finish(InOrder<LineOutcome> outcomes, SendReport report, boolean whole) {
    if (!finished) {
      finished = true;
      outcomes.finish();
      exitCode = report.sum(whole);
    }
    return exitCode;
  }
}
