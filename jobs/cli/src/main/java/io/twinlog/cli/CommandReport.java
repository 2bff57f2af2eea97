// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.wire.json.AvroJson;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Prints what became of each command and keeps the exit code that says it for all: failed before
 * unanswered before refused. It waits for nothing.
 */
final class CommandReport implements InOrder.Sink<CommandReport.Entry> {
  /**
   * What became of one command.
   *
   * @param json printed as it is
   * @param note a line for stderr; or empty
   * @param others whether the cause is not the command itself, so that others would fail as well
   */
  record Entry(ObjectNode json, int exitCode, String note, boolean others) {
    static Entry of(CommandResult result) {
      boolean accepted = result.getStatus() == CommandStatus.ACCEPTED;
      return new Entry(
          (ObjectNode) AvroJson.of(result), accepted ? ExitCode.DONE : ExitCode.REFUSED, "", false);
    }

    static Entry unanswered(CommandDraft draft, Duration timeout) {
      return new Entry(
          draft.unresolved("NO_ANSWER"),
          ExitCode.NO_ANSWER,
          "no result of command "
              + draft.id()
              + " within "
              + DurationText.of(timeout)
              + "; it may still be carried out",
          false);
    }

    /** No broker took it, as far as is known: in time, or at all. */
    static Entry undelivered(CommandDraft draft, String error, Throwable cause) {
      boolean late = cause instanceof TimeoutException;
      return new Entry(
          draft.unresolved(late ? "NO_ANSWER" : "FAILED").put("error", error),
          late ? ExitCode.NO_ANSWER : ExitCode.FAILED,
          "command " + draft.id() + " is not known to be delivered: " + error,
          true);
    }
  }

  private final Environment environment;
  private final JsonLines out;
  private boolean failed;
  private boolean unanswered;
  private boolean refused;
  private volatile boolean stopped;

  CommandReport(Environment environment) {
    this.environment = environment;
    out = new JsonLines(environment.out());
  }

  @Override
  public synchronized void accept(Entry entry) {
    failed |= entry.exitCode == ExitCode.FAILED;
    unanswered |= entry.exitCode == ExitCode.NO_ANSWER;
    refused |= entry.exitCode == ExitCode.REFUSED;
    stopped |= entry.others;
    if (!entry.note.isEmpty()) {
      environment.say("twinlog: " + entry.note);
    }
    out.write(entry.json);
  }

  @Override
  public synchronized void pause() {
    out.flush();
  }

  /** Whether no more commands are to be sent: they would fail as well. */
  boolean stopped() {
    return stopped;
  }

  /**
   * The exit code for all.
   *
   * @param whole whether all lines of the input were tried
   */
  synchronized int sum(boolean whole) {
    out.flush();
    if (!whole) {
      environment.say("twinlog: stopped there; later lines were not sent");
    }
    if (failed) {
      return ExitCode.FAILED;
    }
    if (unanswered || !whole) {
      return ExitCode.NO_ANSWER;
    }
    return refused ? ExitCode.REFUSED : ExitCode.DONE;
  }
}
