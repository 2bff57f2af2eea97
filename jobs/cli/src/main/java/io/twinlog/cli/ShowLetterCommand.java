// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.Reason;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.json.AvroJson;
import io.twinlog.wire.json.ExactJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog dead-letters show}: all that is known of one letter, as one JSON object. */
@Command(
    name = "show",
    description =
        "Shows one dead letter: errors, headers, value as far as it can be decoded, its attempts,"
            + " and what was decided about it.",
    footer = {"", "Example:", "  twinlog dead-letters show 0/17"})
final class ShowLetterCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** More attempts than any setting allows in earnest; ends the walk where letters were forged. */
  private static final int HISTORY_MAX = 1_000;

  @Parameters(
      paramLabel = "LETTER",
      converter = LetterChoice.IdText.class,
      description = "PARTITION/OFFSET.")
  private LetterId id;

  @ParentCommand private DeadLettersCommand parent;

  @Override
  public Integer call() throws JsonProcessingException {
    try (LetterDesk desk = LetterDesk.open(parent.twinlog())) {
      LetterBook book = desk.read(letter -> true);
      Letter letter = desk.require(book, id);
      ObjectNode shown = head(letter, book, desk.prefix());
      desk.reread(List.of(letter), message -> addRecord(shown, message));
      shown.set("history", history(letter, book, desk));
      shown.set("results", results(letter, book, desk));
      JsonLines out = new JsonLines(parent.twinlog().environment().out());
      // Line by line: what is escaped for terminals must not be the ends of our own lines.
      JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(shown)
          .lines()
          .forEach(out::writeText);
      out.flush();
      return ExitCode.DONE;
    }
  }

  private static ObjectNode head(Letter letter, LetterBook book, String prefix) {
    ObjectNode shown = letter.json(book.status(letter), prefix);
    shown.remove("error");
    shown
        .put("partition", letter.told().place().partition())
        .put("offset", letter.told().place().offset())
        .put("stage", letter.told().stage())
        .put("origin", letter.told().origin());
    if (!letter.told().leftOut().isEmpty()) {
      shown.put("left_out", letter.told().leftOut());
    }
    ArrayNode errors = shown.putArray("errors");
    for (Reason error : letter.told().errors()) {
      errors
          .addObject()
          .put("code", error.code())
          .put("path", error.path())
          .put("message", error.message());
    }
    return shown;
  }

  private static void addRecord(ObjectNode shown, ConsumerRecord<byte[], byte[]> message) {
    ObjectNode line = new RecordLine("dead-letters").of(message);
    shown.set("headers", line.get("headers"));
    shown.set("value", line.get("value"));
    // What is no JSON is shown as bytes, exactly; a person wants to see what it says.
    if (line.get("value").has("base64") && message.value() != null) {
      ExactJson.text(message.value()).ifPresent(text -> shown.put("value_text", text));
    }
  }

  /** Every attempt that is known, the first one first. */
  private static ArrayNode history(Letter letter, LetterBook book, LetterDesk desk) {
    Deque<Letter> attempts = new ArrayDeque<>(List.of(letter));
    Optional<LetterId> before = letter.told().previous();
    Optional<LetterId> lost = Optional.empty();
    while (before.isPresent() && attempts.size() < HISTORY_MAX) {
      Optional<Letter> earlier = book.letter(before.get());
      earlier.ifPresent(attempts::addFirst);
      lost = earlier.isPresent() ? Optional.empty() : before;
      before = earlier.flatMap(found -> found.told().previous());
    }
    Optional<Letter> after = book.follower(letter).flatMap(book::letter);
    while (after.isPresent() && attempts.size() < HISTORY_MAX) {
      attempts.addLast(after.get());
      after = book.follower(after.get()).flatMap(book::letter);
    }
    ArrayNode history = JSON.createArrayNode();
    lost.ifPresent(
        gone ->
            history
                .addObject()
                .put("letter", gone.toString())
                .put("status", desk.isGone(gone) ? "no longer retained" : "not found"));
    for (Letter attempt : attempts) {
      history
          .addObject()
          .put("letter", attempt.id().toString())
          .put("attempt", attempt.told().attempt())
          .put("time", Letter.instant(attempt.time()))
          .put("reason", attempt.told().reason())
          .put("error", attempt.firstError())
          .put("status", book.status(attempt).text());
    }
    return history;
  }

  /** Results of its commands; who asked and why, while the commands are retained. */
  private static ArrayNode results(Letter letter, LetterBook book, LetterDesk desk) {
    ArrayNode results = JSON.createArrayNode();
    book.resultsOf(letter).forEach(result -> results.add(AvroJson.of(result)));
    if (results.isEmpty()) {
      return results;
    }
    Map<String, JsonNode> commands = new HashMap<>();
    byte[] name = letter.id().toString().getBytes(StandardCharsets.UTF_8);
    desk.readCommands(
        message ->
            command(message, name)
                .flatMap(ExactJson::parse)
                .ifPresent(tree -> commands.put(tree.path("id").asText(), tree)));
    for (JsonNode result : results) {
      JsonNode command = commands.get(result.path("command_id").asText());
      if (command != null) {
        ((ObjectNode) result).set("author", command.path("author"));
        ((ObjectNode) result).set("timestamp", command.path("timestamp"));
        ((ObjectNode) result).set("note", command.path("data").path("note"));
      }
    }
    return results;
  }

  /** A redrive has it in a header, a discard is keyed by the letter; others are not parsed. */
  private static Optional<byte[]> command(ConsumerRecord<byte[], byte[]> message, byte[] name) {
    Header carried = message.headers().lastHeader(HeaderNames.COMMAND);
    if (carried != null) {
      return Optional.ofNullable(carried.value());
    }
    return Arrays.equals(message.key(), name)
        ? Optional.ofNullable(message.value())
        : Optional.empty();
  }
}
