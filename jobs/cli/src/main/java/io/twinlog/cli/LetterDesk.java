// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.LetterId;
import io.twinlog.wire.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where the commands on dead letters read: fills the book from the two topics, finds letters by
 * name, and reads their bytes again. It writes nothing.
 */
final class LetterDesk implements AutoCloseable {
  private final Environment environment;
  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;
  private final TopicSpan span;

  private LetterDesk(
      Environment environment, Connection connection, Consumer<byte[], byte[]> consumer) {
    this.environment = environment;
    this.connection = connection;
    this.consumer = consumer;
    this.span = TopicSpan.of(consumer, full(Topic.DEAD_LETTERS));
  }

  /** Opens it for topics that are there. */
  static LetterDesk open(Twinlog twinlog) {
    Connection connection = twinlog.connection();
    Broker.require(connection, Topic.DEAD_LETTERS, Topic.COMMANDS, Topic.COMMAND_RESULTS);
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(connection.settings().consumerProperties());
    try {
      return new LetterDesk(twinlog.environment(), connection, consumer);
    } catch (RuntimeException e) {
      consumer.close();
      throw told(connection, e);
    }
  }

  private static RuntimeException told(Connection connection, RuntimeException failure) {
    return failure instanceof TimeoutException
        ? Broker.noAnswer(connection, "waited " + DurationText.of(Broker.PATIENCE), failure)
        : failure;
  }

  private String full(Topic topic) {
    return topic.in(connection.settings().prefix());
  }

  String prefix() {
    return connection.settings().prefix();
  }

  Connection connection() {
    return connection;
  }

  /** The letters that are wanted, and what became of them, as of now. */
  LetterBook read(Predicate<Letter> wanted) {
    LetterBook book = new LetterBook(wanted);
    try {
      span.read(consumer, environment, book::addLetter);
      if (!book.letters().isEmpty()) {
        TopicSpan results = TopicSpan.of(consumer, full(Topic.COMMAND_RESULTS));
        Map<Integer, Long> firsts = new HashMap<>();
        results.read(
            consumer,
            environment,
            message -> {
              firsts.putIfAbsent(message.partition(), message.timestamp());
              book.addResult(message);
            });
        book.resultsFrom(results.retainedFrom(firsts));
        tellWhatIsNotKnown(book);
      }
      return book;
    } catch (TimeoutException e) {
      throw told(connection, e);
    }
  }

  private void tellWhatIsNotKnown(LetterBook book) {
    long unknown =
        book.letters().stream()
            .filter(letter -> book.status(letter) == LetterStatus.UNKNOWN)
            .count();
    if (unknown > 0) {
      environment.say(
          "twinlog: of "
              + Counted.of(unknown, "letter")
              + " it is no longer known what became of it: results of that time are deleted");
    }
  }

  /** Tells, where it is so, that the topic held more once. */
  void tellWhatIsGone() {
    String gone =
        span.beginnings().entrySet().stream()
            .filter(beginning -> beginning.getValue() > 0)
            .map(beginning -> beginning.getKey().partition() + "/" + beginning.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
    if (!gone.isEmpty()) {
      environment.say("twinlog: letters before " + gone + " are no longer retained");
    }
  }

  /**
   * The letter of that name.
   *
   * @throws CommandFailure when there is none, or none any more
   */
  Letter require(LetterBook book, LetterId id) {
    return book.letter(id).orElseThrow(() -> new CommandFailure(ExitCode.FAILED, absence(id)));
  }

  private String absence(LetterId id) {
    TopicPartition partition = new TopicPartition(full(Topic.DEAD_LETTERS), id.partition());
    Optional<Long> beginning = Optional.ofNullable(span.beginnings().get(partition));
    if (beginning.isPresent() && id.offset() < beginning.get()) {
      return "letter "
          + id
          + " is no longer retained: the partition begins at "
          + id.partition()
          + "/"
          + beginning.get();
    }
    return "there is no letter " + id;
  }

  /** Whether a letter of that name may have been there once. */
  boolean isGone(LetterId id) {
    return absence(id).contains("no longer");
  }

  /** Reads the records of these letters again, in the order of the topic. */
  void reread(
      Collection<Letter> letters,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> to = new HashMap<>();
    Map<LetterId, Letter> wanted = new HashMap<>();
    for (Letter letter : letters) {
      TopicPartition partition =
          new TopicPartition(full(Topic.DEAD_LETTERS), letter.id().partition());
      from.merge(partition, letter.id().offset(), Math::min);
      to.merge(partition, letter.id().offset() + 1, Math::max);
      wanted.put(letter.id(), letter);
    }
    try {
      new TopicSpan(from, to)
          .read(
              consumer,
              environment,
              message -> {
                if (wanted.remove(Letter.id(message)) != null) {
                  reader.accept(message);
                }
              });
    } catch (TimeoutException e) {
      throw told(connection, e);
    }
    if (!wanted.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "letters were deleted while they were read: "
              + wanted.keySet().stream().sorted().toList());
    }
  }

  /** Reads what was sent on commands. */
  void readCommands(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try {
      TopicSpan.of(consumer, full(Topic.COMMANDS)).read(consumer, environment, reader);
    } catch (TimeoutException e) {
      throw told(connection, e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
