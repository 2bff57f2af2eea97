// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.LineOutcome.Failed;
import io.twinlog.cli.LineOutcome.Invalid;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the outcomes of {@code send} and tells them: each as JSON on stdout, or the bad ones on
 * stderr; progress; the sum. It sends nothing.
 */
final class SendReport implements InOrder.Sink<LineOutcome> {
  private static final int TOLD_MAX = 100;
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final Environment environment;
  private final boolean results;
  private final JsonLines out;
  private final Instant start;
  private Instant lastProgress;
  private long lastLine;
  private long published;
  private long invalid;
  private long failed;
  private long told;
  private String unwritable = "";
  private volatile boolean stopped;

  /**
   * @param results whether each outcome goes to stdout
   */
  SendReport(Environment environment, boolean results) {
    this.environment = environment;
    this.results = results;
    out = new JsonLines(environment.out());
    start = environment.clock().instant();
    lastProgress = start;
  }

  @Override
  public synchronized void accept(LineOutcome outcome) {
    lastLine = outcome.line();
    if (outcome instanceof Invalid) {
      invalid++;
    } else if (outcome instanceof Failed failure) {
      failed++;
      stopped |= failure.others();
    } else {
      published++;
    }
    if (results) {
      write(() -> out.write(outcome.json()));
    } else {
      outcome.complaint().ifPresent(error -> tell(outcome, error));
    }
    progress();
  }

  /** When results cannot be written, sending stops; what is under way is still counted. */
  private void write(Runnable writing) {
    if (!unwritable.isEmpty()) {
      return;
    }
    try {
      writing.run();
    } catch (JsonLines.ClosedPipe | CommandFailure e) {
      unwritable = e.getMessage() + ": ";
      stopped = true;
    }
  }

  private void tell(LineOutcome outcome, String error) {
    if (invalid + failed <= TOLD_MAX) {
      String status = outcome instanceof Invalid ? " is invalid: " : " failed: ";
      environment.say("line " + outcome.line() + status + error);
    } else if (invalid + failed == TOLD_MAX + 1) {
      environment.say("further bad lines are only counted; --results lists all");
    }
  }

  @Override
  public synchronized void pause() {
    write(out::flush);
    progress();
  }

  private void progress() {
    Instant now = environment.clock().instant();
    boolean moved = published + invalid + failed > told;
    if (moved && Duration.between(lastProgress, now).compareTo(PROGRESS) >= 0) {
      lastProgress = now;
      told = published + invalid + failed;
      environment.say(sum(now));
    }
  }

  /** Asks for no more lines to be sent. */
  void stop() {
    stopped = true;
  }

  /** Whether no more lines are to be sent; also when what failed would fail again. */
  boolean stopped() {
    return stopped;
  }

  /**
   * Tells the sum.
   *
   * @param whole whether all lines of the input were tried
   * @return one of {@link ExitCode}
   */
  synchronized int sum(boolean whole) {
    write(out::flush);
    environment.say(sum(environment.clock().instant()));
    if (!whole) {
      environment.say(
          "twinlog: "
              + unwritable
              + "stopped after line "
              + lastLine
              + "; later lines were not sent");
    } else if (!unwritable.isEmpty()) {
      environment.say("twinlog: " + unwritable + "all lines were tried");
    }
    if (failed > 0 || !whole || !unwritable.isEmpty()) {
      return ExitCode.FAILED;
    }
    return invalid > 0 ? ExitCode.REFUSED : ExitCode.DONE;
  }

  private String sum(Instant now) {
    double seconds = Math.max(0.001, Duration.between(start, now).toMillis() / 1000.0);
    return String.format(
        "%d published, %d invalid, %d failed in %.1f s (%.0f lines/s)",
        published, invalid, failed, seconds, (published + invalid + failed) / seconds);
  }
}
