// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.cli.CommandReport.Entry;
import io.twinlog.cli.LineReader.Line;
import io.twinlog.client.ClientSettings;
import io.twinlog.client.CommandReply;
import io.twinlog.client.CommandReply.Answered;
import io.twinlog.client.CommandReply.Unsent;
import io.twinlog.client.Commands;
import io.twinlog.client.PublishResult;
import io.twinlog.wire.Topic;
import io.twinlog.wire.json.ExactJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code twinlog command}: sends commands and prints their results. Whether a command makes sense
 * is not judged here but by its aggregate.
 */
@Command(
    name = "command",
    description = "Sends a command to an aggregate and prints its result.",
    footer = {
      "",
      "Exit codes: 0 accepted, 3 refused, 4 no result in time (it may still be carried out;",
      "sent again under the same --id it is not carried out twice).",
      "",
      "Example:",
      "  twinlog command RegisterDevice d-1 --data '{\"model\":\"m1\"}'"
    })
final class SubmitCommand implements Callable<Integer> {
  private static final int UNDER_WAY_MAX = 1_000;
  private static final String DEFAULT_AUTHOR = System.getProperty("user.name", "");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "What to do, such as RegisterDevice.")
  private Optional<String> name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AGGREGATE",
      description = "To which device, alert, ...")
  private Optional<String> aggregate;

  @Option(
      names = "--data",
      paramLabel = "JSON",
      description = "The arguments, an object (default: {}).")
  private Optional<String> data;

  @Option(names = "--id", paramLabel = "ID", description = "Of the command (default: random).")
  private Optional<String> id;

  @Option(
      names = "--expect",
      paramLabel = "N",
      description = "Version that the aggregate must have; else the command is refused.")
  private Optional<Long> expect;

  @Option(
      names = "--file",
      paramLabel = "FILE|-",
      description =
          "Instead of NAME AGGREGATE: one command a line, {command, aggregate_id, data, ...}; - is"
              + " stdin. The results are printed in the order of the lines.")
  private Optional<String> file;

  @Option(
      names = "--ttl",
      paramLabel = "60s",
      converter = DurationText.class,
      description = "After it the command is refused as expired (default: none).")
  private Optional<Duration> ttl;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who asks for it (default: the user of this process).")
  private Optional<String> author;

  @Option(
      names = "--timeout",
      paramLabel = "30s",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "How long to wait for each result (default: 30s).")
  private Duration timeout;

  @Option(
      names = "--no-wait",
      description = "Waits until the command is written, not for its result; status SENT.")
  private boolean noWait;

  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requireOneSource();
    Optional<CommandDraft> single = name.map(command -> draft(command, aggregate.orElseThrow()));
    Connection connection = twinlog.connection();
    try (InputStream input =
        file.map(twinlog.environment()::open).orElseGet(InputStream::nullInputStream)) {
      Broker.require(connection, Topic.COMMANDS, Topic.COMMAND_RESULTS);
      CommandReport report = new CommandReport(twinlog.environment());
      try (Commands commands = new Commands(settings(connection))) {
        InOrder<Entry> entries = new InOrder<>(UNDER_WAY_MAX, report);
        single.ifPresent(draft -> entries.submit(submit(commands, draft)));
        boolean whole = submitLines(commands, new LineReader(input), entries, report);
        entries.finish();
        return report.sum(whole);
      } catch (JsonLines.ClosedPipe e) {
        throw new CommandFailure(
            ExitCode.FAILED, e.getMessage() + ": stopped; later commands were not sent", e);
      }
    }
  }

  /** A command is not to be written after the wait for its result has ended. */
  private ClientSettings settings(Connection connection) {
    ClientSettings settings = connection.settings();
    return noWait ? settings : settings.withDeliveryWithin(timeout);
  }

  private void requireOneSource() {
    boolean spelled = name.isPresent() && aggregate.isPresent();
    boolean partly = Stream.of(name, aggregate, data, id, expect).anyMatch(Optional::isPresent);
    if (file.isPresent() ? partly : !spelled) {
      throw new ParameterException(
          spec.commandLine(),
          "give NAME and AGGREGATE, with --data, --id, --expect; or --file instead of all these");
    }
  }

  private CommandDraft draft(String command, String aggregateId) {
    CommandDraft draft = CommandDraft.of(command, aggregateId, data(data.orElse("{}")));
    if (id.isPresent()) {
      draft = draft.with("id", JsonNodeFactory.instance.textNode(id.get()));
    }
    if (expect.isPresent()) {
      draft = draft.with("expected_version", JsonNodeFactory.instance.numberNode(expect.get()));
    }
    return draft;
  }

  private ObjectNode data(String text) {
    try {
      JsonNode tree = ExactJson.read(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("it is not an object");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--data is not a JSON object: " + e.getMessage(), e);
    }
  }

  /** Returns whether it came to the end of the input. */
  private boolean submitLines(
      Commands commands, LineReader lines, InOrder<Entry> entries, CommandReport report)
      throws IOException {
    Optional<Line> line = lines.next();
    while (line.isPresent()) {
      if (report.stopped() || !entries.submit(submit(commands, line.get()))) {
        return false;
      }
      line = lines.next();
    }
    return true;
  }

  private CompletableFuture<Entry> submit(Commands commands, Line line) {
    try {
      return submit(commands, CommandDraft.parse(line.bytes()));
    } catch (IllegalArgumentException e) {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("line", line.number())
              .put("status", "INVALID")
              .put("error", e.getMessage());
      return CompletableFuture.completedFuture(
          new Entry(
              json,
              ExitCode.REFUSED,
              "line " + line.number() + " is no command: " + e.getMessage(),
              false));
    }
  }

  private CompletableFuture<Entry> submit(Commands commands, CommandDraft given) {
    CommandDraft draft =
        given.filled(
            new CommandDraft.Defaults(
                author.orElse(DEFAULT_AUTHOR), ttl, twinlog.environment().clock().instant()));
    return noWait
        ? commands
            .post(draft.message())
            .thenApply(result -> posted(draft, result))
            .toCompletableFuture()
        : commands
            .send(draft.message(), timeout)
            .thenApply(reply -> replied(draft, reply))
            .toCompletableFuture();
  }

  private Entry posted(CommandDraft draft, PublishResult result) {
    return result instanceof PublishResult.Failed failed
        ? Entry.undelivered(draft, failed.error(), failed.cause())
        : new Entry(draft.unresolved("SENT"), ExitCode.DONE, "", false);
  }

  private Entry replied(CommandDraft draft, CommandReply reply) {
    if (reply instanceof Answered answered) {
      return Entry.of(answered.result());
    }
    return reply instanceof Unsent unsent
        ? Entry.undelivered(draft, unsent.error(), unsent.cause())
        : Entry.unanswered(draft, timeout);
  }
}
