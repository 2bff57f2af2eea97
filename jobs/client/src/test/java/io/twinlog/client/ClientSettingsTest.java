// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
  private static final ClientSettings SETTINGS = ClientSettings.at("a:1");

  @ParameterizedTest
  @FieldSource("io.twinlog.client.ClientSettings#FIXED")
  void refusesPropertiesThatDeliveryRestsOn(String property) {
    assertThatThrownBy(() -> SETTINGS.withKafka(Map.of(property, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(property);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT-1S", "P25D"})
  void refusesADeliveryTimeoutOutOfRange(Duration timeout) {
    assertThatThrownBy(() -> SETTINGS.withDeliveryTimeout(timeout))
        .hasMessageContaining("delivery timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT2M", "P24D"})
  void givesKafkaTimeoutsThatFitTogether(Duration timeout) {
    Map<String, Object> properties = SETTINGS.withDeliveryTimeout(timeout).producerProperties();
    properties.replaceAll((name, value) -> value instanceof Class<?> c ? c.getName() : value);
    ProducerConfig config = new ProducerConfig(properties);
    assertThat(config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))
        .isEqualTo((int) timeout.toMillis())
        .isGreaterThanOrEqualTo(
            config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
                + config.getLong(ProducerConfig.LINGER_MS_CONFIG).intValue());
    assertThat(config.getString(ProducerConfig.ACKS_CONFIG)).isEqualTo("-1");
  }

  @Test
  void takesAnyOtherProperty() {
    assertThat(SETTINGS.withKafka(Map.of("linger.ms", "50")).producerProperties())
        .containsEntry("linger.ms", "50");
  }

  @Test
  void refusesToHaveNoAddress() {
    assertThatThrownBy(() -> ClientSettings.at(" ")).hasMessageContaining("bootstrap");
  }
}
