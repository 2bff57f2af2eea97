// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.cli.CommandReport.Entry;
import io.twinlog.client.CommandReply;
import io.twinlog.client.CommandReply.Answered;
import io.twinlog.client.CommandReply.Unsent;
import io.twinlog.client.Commands;
import io.twinlog.client.RedriveMessage;
import io.twinlog.wire.DeadLetter;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.Redrive;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sends one command for each of some letters, in the order of the topic, and reports every result.
 * Ids are derived from letter and attempt: the same order given twice is the same command.
 */
final class LetterOrders {
  private static final int UNDER_WAY_MAX = 1_000;

  private final Environment environment;
  private final LetterDesk desk;
  private final LetterTerms terms;
  private final CommandReport report;

  LetterOrders(Environment environment, LetterDesk desk, LetterTerms terms) {
    this.environment = environment;
    this.desk = desk;
    this.terms = terms;
    report = new CommandReport(environment);
  }

  /** Tries every letter again; returns an exit code. */
  int redrive(List<Letter> letters) {
    Map<LetterId, Letter> whole = new HashMap<>();
    letters.stream()
        .filter(letter -> letter.told().isWhole())
        .forEach(letter -> whole.put(letter.id(), letter));
    return order(
        letters.size(),
        (commands, entries) -> {
          letters.stream()
              .filter(letter -> !letter.told().isWhole())
              .forEach(letter -> entries.add(CompletableFuture.completedFuture(maimed(letter))));
          desk.reread(
              whole.values(),
              message -> {
                CommandDraft draft = redriveDraft(whole.get(Letter.id(message)));
                entries.add(replied(draft, commands.redrive(message(draft, message), timeout())));
              });
        });
  }

  /** Decides against every letter; returns an exit code. */
  int discard(List<Letter> letters, Optional<String> note) {
    return order(
        letters.size(),
        (commands, entries) -> {
          for (Letter letter : letters) {
            CommandDraft draft = discardDraft(letter, note);
            entries.add(replied(draft, commands.send(draft.message(), timeout())));
          }
        });
  }

  /** Prints what would be sent; returns an exit code. */
  int rehearse(List<Letter> letters, Function<Letter, CommandDraft> draft) {
    for (Letter letter : letters) {
      ObjectNode line = draft.apply(letter).unresolved("WOULD_SEND");
      report.accept(new Entry(line, ExitCode.DONE, "", false));
    }
    return report.sum(true);
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
    return CommandDraft.of(command, letter.id().toString(), data)
        .with("id", JsonNodeFactory.instance.textNode(id))
        .filled(
            new CommandDraft.Defaults(
                terms.author(), Optional.empty(), environment.clock().instant()));
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

  private Duration timeout() {
    return terms.timeout();
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

  private CompletableFuture<Entry> replied(
      CommandDraft draft, CompletionStage<CommandReply> reply) {
    return reply.thenApply(answer -> entry(draft, answer)).toCompletableFuture();
  }

  private Entry entry(CommandDraft draft, CommandReply reply) {
    if (reply instanceof Answered answered) {
      return Entry.of(answered.result());
    }
    return reply instanceof Unsent unsent
        ? Entry.undelivered(draft, unsent.error(), unsent.cause())
        : Entry.unanswered(draft, timeout());
  }

  /** Hands outcomes on, and takes no more once others would fail as well. */
  private final class Entries {
    private final InOrder<Entry> underWay;
    private boolean whole = true;

    Entries(InOrder<Entry> underWay) {
      this.underWay = underWay;
    }

    void add(CompletableFuture<Entry> entry) {
      whole &= underWay.submit(entry);
      if (report.stopped() || !whole) {
        throw new Stopped();
      }
    }
  }

  /** Ends the sending where it stands: what follows would fail as well. */
  private static final class Stopped extends RuntimeException {}

  private int order(int letters, BiConsumer<Commands, Entries> sending) {
    boolean whole = true;
    LetterProgress progress = new LetterProgress(environment, report, letters);
    try (Commands commands =
        new Commands(
            desk.connection().settings().withDeliveryWithin(timeout()).withRoomForDeadLetters())) {
      InOrder<Entry> underWay = new InOrder<>(UNDER_WAY_MAX, progress);
      try {
        sending.accept(commands, new Entries(underWay));
      } catch (Stopped e) {
        whole = false; // the report says why
      }
      underWay.finish();
      return report.sum(whole);
    } catch (JsonLines.ClosedPipe e) {
      throw new CommandFailure(
          ExitCode.FAILED, e.getMessage() + ": stopped; later letters were not sent", e);
    }
  }
}
