// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.rules.log.StoredRules.UnsoundException;
import io.twinlog.schemas.PublishedRules;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StoredRulesTest {
  private static final TopicPartition PARTITION = new TopicPartition("twinlog.rules", 0);

  private final StoredRules stored = new StoredRules();

  private static PublishedRules rules(String document) {
    return new PublishedRules(
        7L, document, "ann", null, Instant.EPOCH, StoredRules.sha256(document));
  }

  private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
    byte[] bytes = key == null ? null : key.getBytes(UTF_8);
    return new ConsumerRecord<>("twinlog.rules", 0, 0, bytes, value);
  }

  private byte[] value(PublishedRules rules) {
    return stored.record(PARTITION, rules).value();
  }

  @Test
  void readsWhatItWrites() {
    ProducerRecord<byte[], byte[]> written = stored.record(PARTITION, rules("a: ü\n"));

    assertThat(written.key()).isEqualTo("7".getBytes(UTF_8));
    assertThat(stored.read(record("7", written.value()))).isEqualTo(rules("a: ü\n"));
  }

  @Test
  void takesOnlyAVersionForAKey() {
    assertThat(StoredRules.version(record("1000000000", null))).hasValue(1_000_000_000);
    for (String key : new String[] {null, "", "0", "07", "-1", "1 ", "1000000001", "99999999999"}) {
      assertThat(StoredRules.version(record(key, null))).as(key).isEmpty();
    }
  }

  @Test
  void refusesADocumentThatWasChanged() {
    PublishedRules changed = rules("a");
    changed.setDocument("b");

    assertThatThrownBy(() -> stored.read(record("7", value(changed))))
        .isInstanceOf(UnsoundException.class)
        .hasMessageContaining("SHA-256 differs");
  }

  @Test
  void refusesAnotherVersionThanItsKeyNames() {
    assertThatThrownBy(() -> stored.read(record("8", value(rules("a")))))
        .isInstanceOf(UnsoundException.class)
        .hasMessageContaining("says that it is version 7");
  }

  @Test
  void refusesWhatWasDeletedAndWhatItCannotRead() {
    assertThatThrownBy(() -> stored.read(record("7", null)))
        .isInstanceOf(UnsoundException.class)
        .hasMessageContaining("it was deleted");
    assertThatThrownBy(() -> stored.read(record("7", "{}".getBytes(UTF_8))))
        .isInstanceOf(UnsoundException.class)
        .hasMessageContaining("cannot be read by this build");
  }
}
