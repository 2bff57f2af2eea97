// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.domain.clock.ClockRules;
import io.twinlog.flink.SettingsException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the clock job.
 *
 * @param checkMillis how often it looks whether it is still the clock of these topics
 * @param acceptNewTopic whether a source topic that was replaced is taken as it is
 */
record ClockJobSettings(ClockRules rules, long checkMillis, boolean acceptNewTopic)
    implements Serializable {
  private static final long serialVersionUID = 1;

  private static final ClockRules DEFAULT = ClockRules.DEFAULT;

  static final ConfigOption<Duration> MAX_GAP =
      ConfigOptions.key("clock.max-gap")
          .durationType()
          .defaultValue(Duration.ofMillis(DEFAULT.maxGap()))
          .withDescription(
              "So long without a tick in every source partition is no outage; longer is one, and"
                  + " system.ingest_outage tells of it.");

  static final ConfigOption<Duration> RESUME_GRACE =
      ConfigOptions.key("clock.resume-grace")
          .durationType()
          .defaultValue(Duration.ofMillis(DEFAULT.resumeGrace()))
          .withDescription(
              "How long the clock stands still after an outage, so that devices can reconnect.");

  static final ConfigOption<Boolean> ACCEPT_NEW_TOPIC =
      ConfigOptions.key("clock.accept-new-topic")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether to go on when ingress or commands was deleted and created anew. Without it the job"
                  + " ends: what was in the old topic and not yet read is lost.");

  static final ConfigOption<Duration> CHECK_INTERVAL =
      ConfigOptions.key("clock.check-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How often it looks whether the source topics are still the same, have more partitions, and"
                  + " no other clock has taken over.");

  static final List<ConfigOption<?>> ALL =
      List.of(MAX_GAP, RESUME_GRACE, CHECK_INTERVAL, ACCEPT_NEW_TOPIC);

  /**
   * Reads them.
   *
   * @throws SettingsException when a value is out of its range
   */
  static ClockJobSettings of(ReadableConfig settings) {
    long maxGap = settings.get(MAX_GAP).toMillis();
    if (maxGap < DEFAULT.maxStep()) {
      throw new SettingsException(
          MAX_GAP.key()
              + ": "
              + maxGap
              + " ms is too short; at least "
              + DEFAULT.maxStep()
              + " ms");
    }
    long grace = settings.get(RESUME_GRACE).toMillis();
    if (grace < 0) {
      throw new SettingsException(RESUME_GRACE.key() + ": " + grace + " ms is negative");
    }
    long check = settings.get(CHECK_INTERVAL).toMillis();
    if (check < 1_000) {
      throw new SettingsException(
          CHECK_INTERVAL.key() + ": " + check + " ms is too short; at least 1000 ms");
    }
    return new ClockJobSettings(
        new ClockRules(DEFAULT.maxStep(), maxGap, grace), check, settings.get(ACCEPT_NEW_TOPIC));
  }
}
