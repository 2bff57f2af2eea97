// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionChecksTest {
  private static Configuration checkpointTimeout(Duration timeout) {
    return new Configuration().set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, timeout);
  }

  @Test
  void refusesTransactionsThatExpireBeforeTheyAreCommitted() {
    assertThatExceptionOfType(SettingsException.class)
        .as("Flink's default of 10 min, with three failures tolerated")
        .isThrownBy(() -> TransactionChecks.checkLongest(new Configuration()))
        .withMessageContaining("delivery.transaction-timeout: 15 min")
        .withMessageContaining("execution.checkpointing.timeout: 10 min")
        .withMessageContaining("execution.checkpointing.timeout at most 199 s");
  }

  @Test
  void takesWhatItsMessageProposes() {
    assertThatCode(() -> TransactionChecks.checkLongest(checkpointTimeout(Duration.ofSeconds(199))))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () -> TransactionChecks.checkLongest(checkpointTimeout(Duration.ofSeconds(200))));
  }

  @Test
  void takesALongerTransactionForLongCheckpoints() {
    Configuration settings =
        new Configuration().set(KafkaOptions.TRANSACTION_TIMEOUT, Duration.ofHours(1));

    assertThatCode(() -> TransactionChecks.checkLongest(settings)).doesNotThrowAnyException();
  }

  @Test
  void refusesALongerTransactionThanTheBrokersAllow() {
    assertThatCode(() -> TransactionChecks.checkBroker(Duration.ofMinutes(15), 900_000))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> TransactionChecks.checkBroker(Duration.ofMinutes(16), 900_000))
        .withMessageContaining("delivery.transaction-timeout: 16 min")
        .withMessageContaining("transaction.max.timeout.ms from 900000 to at least 960000");
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, 1})
  void refusesBrokersOfAnOldTransactionProtocol(short level) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () ->
                TransactionChecks.checkFeature(
                    Map.of(TransactionChecks.FEATURE, new FinalizedVersionRange(level, level))))
        .withMessageContaining("transaction.version is at least 2, not " + level);
  }

  @Test
  void refusesBrokersThatDoNotKnowTheFeature() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> TransactionChecks.checkFeature(Map.of()))
        .withMessageContaining("set delivery: effectively-once");
  }

  @Test
  void takesBrokersOfTheNewTransactionProtocol() {
    assertThatCode(
            () ->
                TransactionChecks.checkFeature(
                    Map.of(
                        TransactionChecks.FEATURE,
                        new FinalizedVersionRange((short) 0, (short) 2))))
        .doesNotThrowAnyException();
  }
}
