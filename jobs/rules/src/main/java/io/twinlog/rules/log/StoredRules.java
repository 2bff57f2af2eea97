// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.schemas.PublishedRules;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a set of rules is in a record of Kafka: both directions. Not for threads to share. */
final class StoredRules {
  private final SingleObject singleObject = new SingleObject();

  ProducerRecord<byte[], byte[]> record(TopicPartition partition, PublishedRules rules) {
    return new ProducerRecord<>(
        partition.topic(),
        partition.partition(),
        Long.toString(rules.getVersion()).getBytes(StandardCharsets.US_ASCII),
        singleObject.encode(rules));
  }

  /** The version that the key of a record names; empty: none. */
  static OptionalLong version(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.matches("[1-9][0-9]{0,9}")) {
      return OptionalLong.empty();
    }
    long version = Long.parseLong(key);
    return RuleSet.isVersion(version) ? OptionalLong.of(version) : OptionalLong.empty();
  }

  /**
   * The set that a record holds.
   *
   * @throws UnsoundException when it does not hold the one that its key names, as it was published
   */
  PublishedRules read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new UnsoundException("it was deleted");
    }
    PublishedRules rules;
    try {
      rules = singleObject.decode(record.value(), PublishedRules.class);
    } catch (UnreadableException e) {
      throw new UnsoundException("it cannot be read by this build: " + e.getMessage());
    }
    if (version(record).orElse(0) != rules.getVersion()) {
      throw new UnsoundException("the record says that it is version " + rules.getVersion());
    }
    if (!sha256(rules.getDocument()).equals(rules.getSha256())) {
      throw new UnsoundException("its document is not the one that was published: SHA-256 differs");
    }
    return rules;
  }

  static String sha256(String document) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(document.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A record that is not what it ought to be; the message says how. */
  static final class UnsoundException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsoundException(String message) {
      super(message);
    }
  }
}
