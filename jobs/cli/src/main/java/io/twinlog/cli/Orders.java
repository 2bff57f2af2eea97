// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.CommandReport.Entry;
import io.twinlog.client.CommandReply;
import io.twinlog.client.CommandReply.Answered;
import io.twinlog.client.CommandReply.Unsent;
import io.twinlog.client.Commands;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Sends commands one after the other, many under way at a time, and reports each result in the
 * order of the sending. What is asked for, and under which id, is for the caller to say.
 */
final class Orders {
  private static final int UNDER_WAY_MAX = 1_000;

  private final Environment environment;
  private final Connection connection;
  private final OrderTerms terms;
  private final String things;
  private final CommandReport report;

  /**
   * @param things what each order is about, in the plural
   */
  Orders(Environment environment, Connection connection, OrderTerms terms, String things) {
    this.environment = environment;
    this.connection = connection;
    this.terms = terms;
    this.things = things;
    report = new CommandReport(environment);
  }

  /** With who asks, and when. */
  CommandDraft signed(CommandDraft draft) {
    return draft.filled(
        new CommandDraft.Defaults(terms.author(), Optional.empty(), environment.clock().instant()));
  }

  /** Prints what would be sent; returns an exit code. */
  int rehearse(List<CommandDraft> drafts) {
    for (CommandDraft draft : drafts) {
      report.accept(new Entry(draft.unresolved("WOULD_SEND"), ExitCode.DONE, "", false));
    }
    return report.sum(true);
  }

  /** Sends each of these; returns an exit code. */
  int send(List<CommandDraft> drafts) {
    return send(
        drafts.size(),
        (commands, entries) -> {
          for (CommandDraft draft : drafts) {
            entries.add(replied(draft, commands.send(draft.message(), terms.timeout())));
          }
        });
  }

  /** Lets something be sent; returns an exit code. */
  int send(int orders, BiConsumer<Commands, Entries> sending) {
    boolean whole = true;
    OrderProgress progress = new OrderProgress(environment, report, orders, things);
    try (Commands commands =
        new Commands(
            connection.settings().withDeliveryWithin(terms.timeout()).withRoomForDeadLetters())) {
      InOrder<Entry> underWay = new InOrder<>(UNDER_WAY_MAX, progress);
      try {
        sending.accept(commands, new Entries(underWay));
      } catch (Stopped e) {
        whole = false; // the report says why
      } catch (RuntimeException e) {
        // What was sent is carried out: its results are told before what went wrong.
        underWay.finish();
        report.sum(false);
        throw e;
      }
      underWay.finish();
      return report.sum(whole);
    } catch (JsonLines.ClosedPipe e) {
      throw new CommandFailure(
          ExitCode.FAILED, e.getMessage() + ": stopped; later " + things + " were not sent", e);
    }
  }

  CompletableFuture<Entry> replied(CommandDraft draft, CompletionStage<CommandReply> reply) {
    return reply.thenApply(answer -> entry(draft, answer)).toCompletableFuture();
  }

  private Entry entry(CommandDraft draft, CommandReply reply) {
    if (reply instanceof Answered answered) {
      return Entry.of(answered.result());
    }
    return reply instanceof Unsent unsent
        ? Entry.undelivered(draft, unsent.error(), unsent.cause())
        : Entry.unanswered(draft, terms.timeout());
  }

  /** Hands outcomes on, and takes no more once others would fail as well. */
  final class Entries {
    private final InOrder<Entry> underWay;
    private boolean whole = true;

    private Entries(InOrder<Entry> underWay) {
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
}
