// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Parked;
import io.twinlog.wire.ParkingCommand;
import io.twinlog.wire.Topic;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the commands on parked keys read the book and make out their orders. It sends nothing
 * itself.
 */
final class ParkedDesk {
  private static final String REDRIVE_ID = "redrive-parked";
  private static final String DISCARD_ID = "discard-parked";

  private final Twinlog twinlog;
  private final Environment environment;
  private final Connection connection;

  ParkedDesk(Twinlog twinlog) {
    this.twinlog = twinlog;
    environment = twinlog.environment();
    connection = twinlog.connection();
  }

  Connection connection() {
    return connection;
  }

  /** The keys that wait and are wanted, as of now. */
  ParkedBook read(Predicate<Parked> wanted, boolean values) {
    ParkedBook book = new ParkedBook(wanted, values);
    try (TopicReader reader =
        TopicReader.open(twinlog, Topic.PARKED, Topic.COMMANDS, Topic.COMMAND_RESULTS)) {
      reader.read(Topic.PARKED, book::add);
    }
    if (book.unread() > 0) {
      environment.say(
          "twinlog: "
              + book.unread()
              + " records of parked cannot be read; a later release, or no job, wrote them");
    }
    return book;
  }

  /** Sends orders on keys, or only prints them. */
  Orders orders(OrderTerms terms) {
    return new Orders(environment, connection, terms, "keys");
  }

  static CommandDraft redrive(ParkedKey key, Optional<String> note) {
    return draft(ParkingCommand.REDRIVE, key, REDRIVE_ID, data(key, note));
  }

  static CommandDraft discard(ParkedKey key, GivenUp count, Optional<String> note) {
    ObjectNode data = data(key, note);
    if (count.all()) {
      data.put("all", true);
    } else {
      data.put("records", count.records());
    }
    key.first().ifPresent(first -> data.put("first", first));
    return draft(ParkingCommand.DISCARD, key, DISCARD_ID, data);
  }

  /**
   * How many are given up.
   *
   * @param records at least 1, where not all are
   */
  record GivenUp(boolean all, int records) {
    int of(int waiting) {
      return all ? waiting : Math.min(records, waiting);
    }
  }

  private static ObjectNode data(ParkedKey key, Optional<String> note) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("job", key.job());
    note.ifPresent(text -> data.put("note", text));
    return data;
  }

  private static CommandDraft draft(String command, ParkedKey key, String order, ObjectNode data) {
    return CommandDraft.of(command, key.key(), data)
        .with("id", JsonNodeFactory.instance.textNode(key.orderId(order)));
  }
}
