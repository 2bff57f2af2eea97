// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Looks, before a job starts with {@link Delivery#EXACTLY_ONCE}, at what would make its
 * transactions expire: an expired one is lost, and only a counter tells. It cannot see how long the
 * job will be down. Reasons: docs/decisions/0015-exactly-once-beside.md.
 */
final class TransactionChecks {
  /**
   * Of the brokers; without it a late record of an old producer can end up in a new transaction.
   */
  static final String FEATURE = "transaction.version";

  static final short FEATURE_MIN = 2;

  private static final String BROKER_TIMEOUT = "transaction.max.timeout.ms";

  private TransactionChecks() {}

  /**
   * Checks settings, then brokers; nothing where transactions are not used.
   *
   * @throws SettingsException naming what to change
   */
  static void run(Admin admin, Answers answers, ReadableConfig settings) {
    if (settings.get(KafkaOptions.DELIVERY) != Delivery.EXACTLY_ONCE) {
      return;
    }
    Duration timeout = settings.get(KafkaOptions.TRANSACTION_TIMEOUT);
    checkLongest(settings);
    List<ConfigResource> brokers =
        answers.await(admin.describeCluster().nodes()).stream()
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .toList();
    Collection<Config> configs = answers.await(admin.describeConfigs(brokers).all()).values();
    for (Config config : configs) {
      checkBroker(timeout, Long.parseLong(config.get(BROKER_TIMEOUT).value()));
    }
    checkFeature(answers.await(admin.describeFeatures().featureMetadata()).finalizedFeatures());
  }

  /**
   * A transaction is open from one checkpoint to the next, and is committed with the next that
   * succeeds; between the two there may be as many failures as are tolerated, and a restart.
   */
  static void checkLongest(ReadableConfig settings) {
    ReadableConfig complete = JobEnvironment.complete(Configuration.fromMap(settings.toMap()));
    Duration interval = complete.get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    Duration checkpoint = complete.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    int failures = complete.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
    Duration restart =
        complete.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF);
    Duration longest =
        interval.plus(checkpoint).multipliedBy(Math.max(0, failures) + 1L).plus(restart);
    Duration timeout = complete.get(KafkaOptions.TRANSACTION_TIMEOUT);
    if (longest.compareTo(timeout) >= 0) {
      throw new SettingsException(
          "%s: %s is too short: with %s: %s, %s: %s, %s: %d and restarts of up to %s a transaction may be open for %s, and what expires is lost. Make it longer, or %s at most %s"
              .formatted(
                  KafkaOptions.TRANSACTION_TIMEOUT.key(),
                  text(timeout),
                  CheckpointingOptions.CHECKPOINTING_TIMEOUT.key(),
                  text(checkpoint),
                  CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                  text(interval),
                  CheckpointingOptions.TOLERABLE_FAILURE_NUMBER.key(),
                  failures,
                  text(restart),
                  text(longest),
                  CheckpointingOptions.CHECKPOINTING_TIMEOUT.key(),
                  text(checkpointAtMost(timeout.minus(restart), failures, interval))));
    }
  }

  /** Whole seconds, at least one: where even that is too long, the interval is to blame. */
  private static Duration checkpointAtMost(Duration open, int failures, Duration interval) {
    long millis =
        open.dividedBy(Math.max(0, failures) + 1L).minus(interval).minusMillis(1).toMillis();
    return Duration.ofSeconds(Math.max(1, millis / 1000));
  }

  static void checkBroker(Duration timeout, long brokerMillis) {
    if (timeout.toMillis() > brokerMillis) {
      throw new SettingsException(
          "%s: %s is more than the brokers allow: raise their %s from %d to at least %d, or make it shorter"
              .formatted(
                  KafkaOptions.TRANSACTION_TIMEOUT.key(),
                  text(timeout),
                  BROKER_TIMEOUT,
                  brokerMillis,
                  timeout.toMillis()));
    }
  }

  static void checkFeature(Map<String, FinalizedVersionRange> features) {
    FinalizedVersionRange range = features.get(FEATURE);
    int level = range == null ? 0 : range.maxVersionLevel();
    if (level < FEATURE_MIN) {
      throw new SettingsException(
          "%s: %s needs brokers whose feature %s is at least %d, not %d: kafka-features.sh upgrade --feature %s=%d, or set %s: %s"
              .formatted(
                  KafkaOptions.DELIVERY.key(),
                  Delivery.EXACTLY_ONCE,
                  FEATURE,
                  FEATURE_MIN,
                  level,
                  FEATURE,
                  FEATURE_MIN,
                  KafkaOptions.DELIVERY.key(),
                  Delivery.EFFECTIVELY_ONCE));
    }
  }

  private static String text(Duration duration) {
    return TimeUtils.formatWithHighestUnit(duration);
  }
}
