// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for what Kafka answers to a start-up check, and says in one line why there is none. */
record Answers(String bootstrap) {
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * The answer.
   *
   * @throws SettingsException when it is an error, its cause; or none comes within {@link #TIMEOUT}
   */
  <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new SettingsException("Kafka refused: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new SettingsException(
          "no answer from Kafka at " + bootstrap + " within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SettingsException("interrupted while asking Kafka", e);
    }
  }
}
