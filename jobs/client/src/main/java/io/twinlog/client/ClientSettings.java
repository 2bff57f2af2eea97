// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where an installation is and how its clients behave. It holds what may be tuned and turns it into
 * properties of Kafka's clients; it connects to nothing.
 *
 * @param bootstrap addresses of the brokers, {@code HOST:PORT}, comma-separated
 * @param prefix what every topic name begins with; one prefix is one tenant
 * @param deliveryTimeout how long a client tries to deliver a record before it reports the record
 *     as failed: Kafka's {@code delivery.timeout.ms}. A publisher waits as long for a broker that
 *     it has never reached, and for room in its buffer. Default 2 minutes; at least 1 second. The
 *     jobs themselves try without end; a client has a caller who wants to know
 * @param kafka properties of Kafka's clients: TLS, SASL, buffers. Those that delivery rests on
 *     ({@link #FIXED}) are refused
 */
public record ClientSettings(
    String bootstrap, String prefix, Duration deliveryTimeout, Map<String, String> kafka) {
  public static final String DEFAULT_PREFIX = "twinlog.";
  public static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofMinutes(2);

  /** Properties that are not for tuning: without them a record could be lost or doubled. */
  public static final List<String> FIXED =
      List.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);

  /** Less leaves no time for a second try. */
  public static final Duration SHORTEST_DELIVERY_TIMEOUT = Duration.ofSeconds(1);

  /** What the topic of dead letters takes, and a little more for the command. */
  private static final int DEAD_LETTER_BYTES_MAX = 5 * 1024 * 1024;

  private static final int LINGER_MILLIS = 5;
  private static final int REQUEST_TIMEOUT_MILLIS = 30_000;

  /**
   * Checks what can be checked without a broker.
   *
   * @throws IllegalArgumentException when a property is one of {@link #FIXED}, the delivery timeout
   *     is out of range, or there is no address
   */
  public ClientSettings {
    kafka = Map.copyOf(kafka);
    List<String> refused = FIXED.stream().filter(kafka::containsKey).sorted().toList();
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "these properties of Kafka's clients are not for tuning: " + String.join(", ", refused));
    }
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException("bootstrap: no address of a broker");
    }
    if (deliveryTimeout.compareTo(SHORTEST_DELIVERY_TIMEOUT) < 0
        || deliveryTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the delivery timeout is 1 s to 24 d, not " + deliveryTimeout.toMillis() + " ms");
    }
  }

  /** The defaults, at these brokers. */
  public static ClientSettings at(String bootstrap) {
    return new ClientSettings(bootstrap, DEFAULT_PREFIX, DEFAULT_DELIVERY_TIMEOUT, Map.of());
  }

  public ClientSettings withPrefix(String other) {
    return new ClientSettings(bootstrap, other, deliveryTimeout, kafka);
  }

  public ClientSettings withDeliveryTimeout(Duration other) {
    return new ClientSettings(bootstrap, prefix, other, kafka);
  }

  /**
   * So that nothing is written any more after a wait of {@code timeout} has ended, as far as the
   * shortest delivery timeout allows it.
   */
  public ClientSettings withDeliveryWithin(Duration timeout) {
    if (deliveryTimeout.compareTo(timeout) <= 0) {
      return this;
    }
    boolean tooShort = timeout.compareTo(SHORTEST_DELIVERY_TIMEOUT) < 0;
    return withDeliveryTimeout(tooShort ? SHORTEST_DELIVERY_TIMEOUT : timeout);
  }

  public ClientSettings withKafka(Map<String, String> other) {
    return new ClientSettings(bootstrap, prefix, deliveryTimeout, other);
  }

  /** With a producer that takes records as large as a dead letter, unless one is set already. */
  public ClientSettings withRoomForDeadLetters() {
    Map<String, String> other = new HashMap<>(kafka);
    other.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(DEAD_LETTER_BYTES_MAX));
    return withKafka(other);
  }

  /** For a producer of bytes: acknowledged by all replicas, idempotent, compressed. */
  public Map<String, Object> producerProperties() {
    int delivery = (int) deliveryTimeout.toMillis();
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64 * 1024 * 1024);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(REQUEST_TIMEOUT_MILLIS, delivery / 2));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, delivery);
    putShared(properties);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /** For a consumer of bytes that is assigned its partitions: no group, committed records only. */
  public Map<String, Object> consumerProperties() {
    Map<String, Object> properties = new HashMap<>();
    putShared(properties);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /** For an administrator that gives a call up after {@code timeout}. */
  public Map<String, Object> adminProperties(Duration timeout) {
    Map<String, Object> properties = new HashMap<>();
    putShared(properties);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    return properties;
  }

  private void putShared(Map<String, Object> properties) {
    properties.putAll(kafka);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
  }
}
