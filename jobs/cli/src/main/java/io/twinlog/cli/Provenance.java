// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.DeadLetter.Place;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/**
 * Follows the origins of records (header {@code tl-origin}), hop by hop, to the ones that came from
 * outside. Each hop is one record read by its place.
 */
final class Provenance implements AutoCloseable {
  /** More jobs than a record goes through; ends the walk where origins were forged. */
  private static final int HOPS_MAX = 32;

  /** Behind each record that it reads the client asks for more, and the next one waits for that. */
  private static final int FETCH_WAIT_MILLIS = 5;

  private final Environment environment;
  private final Connection connection;
  private final Map<String, String> namesById;
  private final Consumer<byte[], byte[]> consumer;

  /** Of a topic that was looked at; what comes later is not seen. */
  private final Map<String, TopicSpan> spans = new HashMap<>();

  /** Many events have one cause. */
  private final Map<Place, Hop> hops = new HashMap<>();

  /** What came from outside has no origin, whatever its headers say. */
  private final Set<String> outside;

  /**
   * A record on the way.
   *
   * @param record null: it cannot be read
   * @param missing why; null: it was read
   */
  record Hop(Place place, ConsumerRecord<byte[], byte[]> record, String missing) {}

  private Provenance(
      Twinlog twinlog, Map<String, String> namesById, Consumer<byte[], byte[]> consumer) {
    this.environment = twinlog.environment();
    this.connection = twinlog.connection();
    this.namesById = namesById;
    this.consumer = consumer;
    this.outside =
        Stream.of(Topic.INGRESS, Topic.COMMANDS).map(this::full).collect(Collectors.toSet());
  }

  static Provenance open(Twinlog twinlog) {
    Map<String, String> names = new HashMap<>();
    try (Broker broker = new Broker(twinlog.connection())) {
      for (TopicListing topic : broker.answer(broker.admin().listTopics().listings())) {
        names.put(topic.topicId().toString(), topic.name());
      }
    }
    Map<String, Object> properties = twinlog.connection().settings().consumerProperties();
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    return new Provenance(twinlog, names, new KafkaConsumer<>(properties));
  }

  /** Name of a topic with the installation's prefix. */
  String full(Topic topic) {
    return topic.in(connection.settings().prefix());
  }

  /** Name of a topic as it is printed. */
  String shown(String full) {
    String prefix = connection.settings().prefix();
    return full.startsWith(prefix) ? full.substring(prefix.length()) : full;
  }

  /** The full name of a topic that is there, given without the prefix or with it. */
  Optional<String> existing(String name) {
    return Stream.of(connection.settings().prefix() + name, name)
        .filter(namesById::containsValue)
        .findFirst();
  }

  /** What a topic holds now. */
  TopicSpan span(Topic topic) {
    try {
      return TopicSpan.of(consumer, full(topic));
    } catch (TimeoutException e) {
      throw silent(e);
    }
  }

  /** Reads all of it, each partition in its order. */
  void read(TopicSpan span, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try {
      span.read(consumer, environment, reader);
    } catch (TimeoutException e) {
      throw silent(e);
    }
  }

  /** The record at this place, the one that it came of, and so on. The last one may be missing. */
  List<Hop> of(Place place) {
    List<Hop> hops = new ArrayList<>();
    Optional<Hop> next = Optional.of(read(place));
    while (next.isPresent() && hops.size() < HOPS_MAX) {
      hops.add(next.get());
      next = Optional.ofNullable(next.get().record()).flatMap(this::before);
    }
    return hops;
  }

  private Optional<Hop> before(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(HeaderNames.ORIGIN);
    if (header == null || outside.contains(record.topic())) {
      return Optional.empty();
    }
    Origin origin;
    try {
      origin = Origin.parse(header.value());
    } catch (IllegalArgumentException e) {
      Place unknown = new Place("?", -1, -1);
      return Optional.of(new Hop(unknown, null, HeaderNames.ORIGIN + ": " + e.getMessage()));
    }
    String topic = namesById.get(origin.topicId());
    return Optional.of(
        topic == null
            ? new Hop(
                new Place(origin.topicId(), origin.partition(), origin.offset()),
                null,
                "the topic of this id was deleted")
            : read(new Place(topic, origin.partition(), origin.offset())));
  }

  private Hop read(Place place) {
    Hop known = hops.get(place);
    if (known == null) {
      known = look(place);
      hops.put(place, known);
    }
    return known;
  }

  private Hop look(Place place) {
    try {
      TopicSpan span = spans.computeIfAbsent(place.topic(), topic -> TopicSpan.of(consumer, topic));
      TopicPartition partition = new TopicPartition(place.topic(), place.partition());
      if (!span.ends().containsKey(partition)) {
        return new Hop(place, null, "the topic has no such partition");
      }
      if (place.offset() < span.beginnings().get(partition)) {
        return new Hop(place, null, "no longer retained");
      }
      if (place.offset() >= span.ends().get(partition)) {
        return new Hop(place, null, "the topic ends before it");
      }
      AtomicReference<ConsumerRecord<byte[], byte[]>> found = new AtomicReference<>();
      new TopicSpan(Map.of(partition, place.offset()), Map.of(partition, place.offset() + 1))
          .read(consumer, environment, found::set);
      return new Hop(
          place, found.get(), found.get() == null ? "compacted away, or never there" : null);
    } catch (TimeoutException e) {
      throw silent(e);
    }
  }

  private CommandFailure silent(TimeoutException failure) {
    return Broker.noAnswer(connection, "waited " + DurationText.of(Broker.PATIENCE), failure);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
