// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.wire.Topic;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the topic of rules is, and how to speak to its broker. It connects to nothing.
 *
 * @param connection properties of Kafka's clients: {@code bootstrap.servers}, TLS, SASL
 * @param prefix what the names of topics begin with
 */
public record RuleLogSettings(TreeMap<String, String> connection, String prefix)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** So long a call of a client may take before it is given up. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A publisher that has died holds others up for so long at most. */
  private static final Duration TRANSACTION = Duration.ofSeconds(30);

  /** As the topic takes it: room for any document, its author and its note. */
  private static final int REQUEST_BYTES_MAX = 4 * 1024 * 1024;

  /**
   * Makes them of properties of any kind.
   *
   * @param connection its values are taken as text
   */
  public static RuleLogSettings of(Map<?, ?> connection, String prefix) {
    TreeMap<String, String> texts = new TreeMap<>();
    connection.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    return new RuleLogSettings(texts, prefix);
  }

  /** The one partition of the topic. */
  TopicPartition partition() {
    return new TopicPartition(Topic.RULES.in(prefix), 0);
  }

  /** Of a reader of what is committed, without a group. */
  Map<String, Object> consumer() {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return properties;
  }

  /** Of a publisher: there is one transactional id, so there is one publisher at a time. */
  Map<String, Object> producer() {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + Topic.RULES.text());
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION.toMillis());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    properties.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.multipliedBy(2).toMillis());
    return properties;
  }
}
