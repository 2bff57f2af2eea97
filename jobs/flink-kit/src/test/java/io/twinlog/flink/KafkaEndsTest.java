// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaEndsTest {
  static List<String> fixed() {
    return KafkaEnds.FIXED;
  }

  private static Configuration with(String property, String value) {
    Configuration settings = new Configuration();
    settings.set(KafkaOptions.BOOTSTRAP, "localhost:1");
    settings.set(KafkaOptions.PROPERTIES, Map.of(property, value));
    return settings;
  }

  @ParameterizedTest
  @MethodSource("fixed")
  void refusesWhatTwinlogSetsItself(String property) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> KafkaEnds.common(with(property, "1")))
        .withMessageContaining("kafka.properties: " + property);
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> KafkaEnds.sink("device", with(property, "1")));
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> KafkaEnds.source("device", List.of("t"), with(property, "1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "enable.idempotence",
        "delivery.timeout.ms",
        "max.block.ms",
        "retries",
        "max.request.size",
        "max.in.flight.requests.per.connection",
        "transactional.id",
        "transaction.timeout.ms",
        "isolation.level",
        "auto.offset.reset",
        "enable.auto.commit",
        "group.id",
        "bootstrap.servers"
      })
  void holdsFastWhatDeliveryRestsOn(String property) {
    assertThat(KafkaEnds.FIXED).contains(property);
  }

  @Test
  void passesOnWhatAnOperatorMaySet() {
    assertThat(KafkaEnds.common(with("security.protocol", "SSL")))
        .containsExactly(Map.entry("security.protocol", "SSL"));
  }

  @Test
  void readsWithoutAnEnd() {
    KafkaSource<SourceRecord> source =
        KafkaEnds.source("device", List.of("t"), with("security.protocol", "SSL"));

    assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(source.getProducedType()).isEqualTo(SourceRecord.TYPE);
  }

  private static Configuration exactlyOnce() {
    Configuration settings = with("security.protocol", "SSL");
    settings.setString("delivery", "exactly-once");
    return settings;
  }

  @Test
  void usesNoTransactionsUnlessTold() {
    Configuration settings = with("security.protocol", "SSL");

    assertThat(settings.get(KafkaOptions.DELIVERY)).isEqualTo(Delivery.EFFECTIVELY_ONCE);
    assertThat(KafkaEnds.producer(settings)).doesNotContainKey("transaction.timeout.ms");
    assertThat(KafkaEnds.isolation(settings)).isEqualTo("read_uncommitted");
  }

  @Test
  void usesTransactionsOfItsOwnWhereTold() {
    Configuration settings = exactlyOnce();
    settings.set(KafkaOptions.PREFIX, "plant.");

    assertThat(KafkaEnds.producer(settings)).containsEntry("transaction.timeout.ms", "900000");
    assertThat(KafkaEnds.transactionalIdPrefix("device", settings)).isEqualTo("plant.device-");
    assertThat(KafkaEnds.isolation(settings)).isEqualTo("read_committed");
    assertThat(KafkaEnds.sink("device", settings)).isNotNull();
  }

  @Test
  void neverGivesABatchUp() {
    assertThat(KafkaEnds.DELIVERY_TIMEOUT_MILLIS).isEqualTo(Integer.MAX_VALUE);
  }
}
