// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.domain.escalation.DeliveryRules;
import io.twinlog.flink.Ranges;
import io.twinlog.flink.SettingsException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the notifier job beside those of Kafka.
 *
 * @param targets as they are set: what holds secrets is read where it is used
 */
record NotifierJobSettings(
    TreeMap<String, String> targets, long timeoutMillis, DeliveryRules delivery, int queueMax)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static final ConfigOption<Map<String, String>> TARGETS =
      ConfigOptions.key("notifier.targets")
          .mapType()
          .defaultValue(
              new TreeMap<>(
                  Map.of("default.type", Target.CONSOLE, "operations.type", Target.CONSOLE)))
          .withDescription(
              "Who can be told, by the names that the rules have: <name>.type (alertmanager, webhook, console), .url or"
                  + " .url-file or .url-env, .authorization-file or -env (the whole header), .header.<name>, and of a"
                  + " webhook .template or .template-file. Page: docs/jobs/notifier.md.");

  static final ConfigOption<Duration> TIMEOUT =
      ConfigOptions.key("notifier.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("How long a target may take to connect, and to answer.");

  static final ConfigOption<Duration> BACKOFF =
      ConfigOptions.key("notifier.retry.backoff")
          .durationType()
          .defaultValue(Duration.ofMillis(DeliveryRules.DEFAULT.backoff()))
          .withDescription(
              "After the first attempt that failed; it doubles from attempt to attempt.");

  static final ConfigOption<Duration> BACKOFF_MAX =
      ConfigOptions.key("notifier.retry.backoff-max")
          .durationType()
          .defaultValue(Duration.ofMillis(DeliveryRules.DEFAULT.backoffMax()))
          .withDescription("The longest wait between two attempts.");

  static final ConfigOption<Duration> GIVE_UP =
      ConfigOptions.key("notifier.give-up-after")
          .durationType()
          .defaultValue(Duration.ofMillis(DeliveryRules.DEFAULT.giveUpAfter()))
          .withDescription(
              "A notification that is older is not delivered any more: its receipt says given_up.");

  static final ConfigOption<Integer> QUEUE_MAX =
      ConfigOptions.key("notifier.queue.max")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Notifications that may wait for one target; for one more the oldest is given up.");

  static final List<ConfigOption<?>> ALL =
      List.of(TARGETS, TIMEOUT, BACKOFF, BACKOFF_MAX, GIVE_UP, QUEUE_MAX);

  /**
   * Reads them.
   *
   * @throws SettingsException when a value is out of its range
   */
  static NotifierJobSettings of(ReadableConfig settings) {
    long backoff = Ranges.millisAtLeast(settings, BACKOFF, 10);
    return new NotifierJobSettings(
        new TreeMap<>(settings.get(TARGETS)),
        Ranges.millisAtLeast(settings, TIMEOUT, 100),
        new DeliveryRules(
            backoff,
            Ranges.millisAtLeast(settings, BACKOFF_MAX, backoff),
            Ranges.millisAtLeast(settings, GIVE_UP, 1_000)),
        Ranges.atLeast(settings, QUEUE_MAX, 1));
  }
}
