// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.flink.AggregateOptions;
import io.twinlog.flink.CacheSettings;
import io.twinlog.flink.ParkingSettings;
import io.twinlog.flink.Ranges;
import io.twinlog.flink.RulesOptions;
import io.twinlog.flink.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of the escalation job beside those of the shell and of Kafka. */
record EscalationJobSettings(
    AlertRules rules,
    long mutingCheckMillis,
    int dedupeIds,
    long dedupeHorizonMillis,
    int secondStageBuffer,
    CacheSettings cache,
    ParkingSettings parking) {
  /** The last results of an alert's commands, so long, answer repeats. */
  static final int RESULTS_MAX = 32;

  static final long RESULTS_HORIZON_MILLIS = Duration.ofHours(24).toMillis();

  private static final AlertRules DEFAULT = AlertRules.DEFAULT;

  static final ConfigOption<Duration> REFRESH =
      duration("escalation.projection.refresh", DEFAULT.refresh())
          .withDescription(
              "count and last_at in alert.state are renewed at most this often. On the clock.");

  static final ConfigOption<Duration> REWRITE =
      duration("escalation.projection.rewrite", DEFAULT.rewrite())
          .withDescription(
              "An alert that stays the same is written to alert.state again after so long. On the clock.");

  static final ConfigOption<Duration> RETENTION =
      duration("escalation.retention", DEFAULT.retention())
          .withDescription(
              "After which an alert that is over leaves alert.state, and nothing is remembered of it. On the clock.");

  static final ConfigOption<Duration> MUTING_CHECK =
      duration("escalation.muting.check", Duration.ofMinutes(5).toMillis())
          .withDescription(
              "How often it is looked again whether a silence, or another alert, mutes an alert that people are told"
                  + " of. The end of a silence is seen at once. On the clock.");

  static final ConfigOption<Integer> DEDUPE_IDS =
      ConfigOptions.key("escalation.dedupe.ids")
          .intType()
          .defaultValue(100)
          .withDescription(
              "Event ids that a source and code remember, to drop what a producer sends twice.");

  static final ConfigOption<Duration> DEDUPE_HORIZON =
      duration("escalation.dedupe.horizon", DEFAULT.memory())
          .withDescription(
              "How long they remember them, on the clock; whichever ends first. Of errors that made no alert nothing"
                  + " is remembered for longer, but which records of other jobs were the newest ones, for 24 h.");

  static final ConfigOption<Integer> SECOND_STAGE_BUFFER =
      ConfigOptions.key("escalation.second-stage.buffer")
          .intType()
          .defaultValue(1_000_000)
          .withDescription(
              "Changes of alerts that a subtask of a second stage may hold until every source partition has passed"
                  + " their clock; one more stops the job.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          REFRESH,
          REWRITE,
          RETENTION,
          MUTING_CHECK,
          DEDUPE_IDS,
          DEDUPE_HORIZON,
          SECOND_STAGE_BUFFER);

  /** The same, and those of every stateful job that decides by published rules. */
  static final List<ConfigOption<?>> WITH_SHELL =
      Stream.of(ALL, AggregateOptions.ALL, RulesOptions.ALL).flatMap(List::stream).toList();

  private static ConfigOption<Duration> duration(String key, long defaultMillis) {
    return ConfigOptions.key(key).durationType().defaultValue(Duration.ofMillis(defaultMillis));
  }

  /**
   * Reads them.
   *
   * @throws SettingsException when a value is out of its range
   */
  static EscalationJobSettings of(ReadableConfig settings) {
    long horizon = Ranges.millisAtLeast(settings, DEDUPE_HORIZON, 0);
    return new EscalationJobSettings(
        new AlertRules(
            Ranges.millisAtLeast(settings, REFRESH, 1_000),
            Ranges.millisAtLeast(settings, REWRITE, 60_000),
            horizon,
            Ranges.millisAtLeast(settings, RETENTION, 1_000)),
        Ranges.millisAtLeast(settings, MUTING_CHECK, 1_000),
        Ranges.atLeast(settings, DEDUPE_IDS, 1),
        horizon,
        Ranges.atLeast(settings, SECOND_STAGE_BUFFER, 1),
        AggregateOptions.cache(settings),
        AggregateOptions.parking(settings));
  }
}
