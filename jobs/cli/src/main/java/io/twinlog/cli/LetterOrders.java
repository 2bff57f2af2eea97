// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.cli.CommandReport.Entry;
import io.twinlog.client.RedriveMessage;
import io.twinlog.wire.DeadLetter;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.Redrive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sends one command for each of some letters, in the order of the topic, and reports every result.
 * Ids are derived from letter and attempt: the same order given twice is the same command.
 */
final class LetterOrders {
  private final LetterDesk desk;
  private final OrderTerms terms;
  private final Orders orders;

  LetterOrders(Environment environment, LetterDesk desk, OrderTerms terms) {
    this.desk = desk;
    this.terms = terms;
    orders = new Orders(environment, desk.connection(), terms, "letters");
  }

  /** Tries every letter again; returns an exit code. */
  int redrive(List<Letter> letters) {
    Map<LetterId, Letter> whole = new HashMap<>();
    letters.stream()
        .filter(letter -> letter.told().isWhole())
        .forEach(letter -> whole.put(letter.id(), letter));
    return orders.send(
        letters.size(),
        (commands, entries) -> {
          letters.stream()
              .filter(letter -> !letter.told().isWhole())
              .forEach(letter -> entries.add(CompletableFuture.completedFuture(maimed(letter))));
          desk.reread(
              whole.values(),
              message -> {
                CommandDraft draft = redriveDraft(whole.get(Letter.id(message)));
                entries.add(
                    orders.replied(
                        draft, commands.redrive(message(draft, message), terms.timeout())));
              });
        });
  }

  /** Decides against every letter; returns an exit code. */
  int discard(List<Letter> letters, Optional<String> note) {
    return orders.send(letters.stream().map(letter -> discardDraft(letter, note)).toList());
  }

  /** Prints what would be sent; returns an exit code. */
  int rehearse(List<Letter> letters, Function<Letter, CommandDraft> draft) {
    return orders.rehearse(letters.stream().map(draft).toList());
  }

  CommandDraft redriveDraft(Letter letter) {
    return draft(
        Redrive.COMMAND,
        letter,
        letter.told().redriveId(),
        letter.told().redrive(letter.id()).json());
  }

  CommandDraft discardDraft(Letter letter, Optional<String> note) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("letter", letter.id().toString());
    note.ifPresent(text -> data.put("note", text));
    return draft(Redrive.DISCARD, letter, letter.told().discardId(), data);
  }

  private CommandDraft draft(String command, Letter letter, String id, ObjectNode data) {
    return orders.signed(
        CommandDraft.of(command, letter.id().toString(), data)
            .with("id", JsonNodeFactory.instance.textNode(id)));
  }

  private static RedriveMessage message(
      CommandDraft draft, ConsumerRecord<byte[], byte[]> message) {
    return new RedriveMessage(
        draft.message(),
        Letter.id(message),
        message.key(),
        message.value(),
        Letter.headers(message));
  }

  /** Some of it is missing, or no job wrote it: nobody could bring back what was read. */
  private Entry maimed(Letter letter) {
    DeadLetter told = letter.told();
    String why =
        told.leftOut().isEmpty()
            ? "no job wrote it"
            : "not all of it fitted into the letter ("
                + told.leftOut()
                + " left out); while it is retained it stands in "
                + told.place().topic()
                + " at "
                + told.place().partition()
                + "/"
                + told.place().offset();
    return new Entry(
        redriveDraft(letter).unresolved("INVALID").put("error", why),
        ExitCode.REFUSED,
        "letter " + letter.id() + " cannot be redriven: " + why,
        false);
  }
}
