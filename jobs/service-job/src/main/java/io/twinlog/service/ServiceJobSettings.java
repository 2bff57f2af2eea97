// SPDX-License-Identifier: Apache-2.0
package io.twinlog.service;

import io.twinlog.domain.service.EndpointsRules;
import io.twinlog.domain.service.ServiceRules;
import io.twinlog.flink.AggregateOptions;
import io.twinlog.flink.CacheSettings;
import io.twinlog.flink.ParkingSettings;
import io.twinlog.flink.Ranges;
import io.twinlog.flink.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of the service job beside those of the shell and of Kafka. */
record ServiceJobSettings(
    ServiceRules rules,
    EndpointsRules endpoints,
    int dedupeIds,
    long dedupeHorizonMillis,
    int secondStageBuffer,
    CacheSettings cache,
    ParkingSettings parking) {
  private static final ServiceRules DEFAULT = ServiceRules.DEFAULT;
  private static final EndpointsRules ENDPOINTS = EndpointsRules.DEFAULT;
  private static final int PERCENT_MAX = 100;

  static final ConfigOption<Duration> INTERVAL =
      duration("service.interval", DEFAULT.interval())
          .withDescription(
              "Between two signs of life of an instance that promised none (interval_ms of service.started). On the"
                  + " clock.");

  static final ConfigOption<Integer> SILENT_INTERVALS =
      ConfigOptions.key("service.silent-intervals")
          .intType()
          .defaultValue(DEFAULT.silentIntervals())
          .withDescription(
              "Intervals without a sign of life after which an instance is unhealthy and takes no load.");

  static final ConfigOption<Integer> EXPIRED_INTERVALS =
      ConfigOptions.key("service.expired-intervals")
          .intType()
          .defaultValue(DEFAULT.expiredIntervals())
          .withDescription("Intervals without one after which it is no longer known.");

  static final ConfigOption<Duration> RETENTION =
      duration("service.retention", DEFAULT.retention())
          .withDescription(
              "After which nothing is remembered of an instance that has stopped or expired. Until then one that"
                  + " expired may come back, its versions go on, and repeats of its events are told. On the clock.");

  static final ConfigOption<Duration> REFRESH =
      duration("service.projection.refresh", DEFAULT.rewrite())
          .withDescription(
              "last_seen in service.registry is renewed at most this often. On the clock.");

  static final ConfigOption<Integer> LOSS_PERCENT =
      ConfigOptions.key("service.loss.percent")
          .intType()
          .defaultValue(ENDPOINTS.lossPercent())
          .withDescription(
              "Share of the instances of a name, in percent, but one at least, that leave its endpoints by silence"
                  + " within service.loss.window; the others are held, and that is told. 100: all may.");

  static final ConfigOption<Duration> LOSS_WINDOW =
      duration("service.loss.window", ENDPOINTS.lossWindow())
          .withDescription("The window of service.loss.percent. On the clock.");

  static final ConfigOption<Integer> INSTANCES_MAX =
      ConfigOptions.key("service.endpoints.max")
          .intType()
          .defaultValue(ENDPOINTS.instancesMax())
          .withDescription(
              "Instances that a name may have in its endpoints. A further one is told as an error, and waits until another"
                  + " has left; as many may wait.");

  static final ConfigOption<Duration> REWRITE =
      duration("service.endpoints.rewrite", ENDPOINTS.rewrite())
          .withDescription(
              "A list of endpoints that stays the same is written again after so long. On the clock.");

  static final ConfigOption<Integer> DEDUPE_IDS =
      ConfigOptions.key("service.dedupe.ids")
          .intType()
          .defaultValue(100)
          .withDescription(
              "Event ids that an instance remembers, to drop what a producer sends twice.");

  static final ConfigOption<Duration> DEDUPE_HORIZON =
      duration("service.dedupe.horizon", Duration.ofHours(1).toMillis())
          .withDescription("How long it remembers them, on the clock; whichever ends first.");

  static final ConfigOption<Integer> SECOND_STAGE_BUFFER =
      ConfigOptions.key("service.second-stage.buffer")
          .intType()
          .defaultValue(1_000_000)
          .withDescription(
              "Changes of instances that a subtask may hold until every source partition has passed their clock; one"
                  + " more stops the job.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          INTERVAL,
          SILENT_INTERVALS,
          EXPIRED_INTERVALS,
          RETENTION,
          REFRESH,
          LOSS_PERCENT,
          LOSS_WINDOW,
          INSTANCES_MAX,
          REWRITE,
          DEDUPE_IDS,
          DEDUPE_HORIZON,
          SECOND_STAGE_BUFFER);

  /** The same, and those of every stateful job. */
  static final List<ConfigOption<?>> WITH_SHELL =
      Stream.concat(ALL.stream(), AggregateOptions.ALL.stream()).toList();

  private static ConfigOption<Duration> duration(String key, long defaultMillis) {
    return ConfigOptions.key(key).durationType().defaultValue(Duration.ofMillis(defaultMillis));
  }

  /**
   * Reads them.
   *
   * @throws SettingsException when a value is out of its range
   */
  static ServiceJobSettings of(ReadableConfig settings) {
    int silent = Ranges.atLeast(settings, SILENT_INTERVALS, 1);
    ServiceRules rules =
        new ServiceRules(
            Ranges.millisAtLeast(settings, INTERVAL, ServiceRules.INTERVAL_MIN),
            silent,
            Ranges.atLeast(settings, EXPIRED_INTERVALS, silent + 1),
            Ranges.millisAtLeast(settings, REFRESH, 1_000),
            Ranges.millisAtLeast(settings, RETENTION, 1_000));
    int percent = Ranges.between(settings, LOSS_PERCENT, 1, PERCENT_MAX);
    return new ServiceJobSettings(
        rules,
        new EndpointsRules(
            percent,
            Ranges.millisAtLeast(settings, LOSS_WINDOW, 1_000),
            Ranges.atLeast(settings, INSTANCES_MAX, 1),
            Ranges.millisAtLeast(settings, REWRITE, 60_000)),
        Ranges.atLeast(settings, DEDUPE_IDS, 1),
        Ranges.millisAtLeast(settings, DEDUPE_HORIZON, 0),
        Ranges.atLeast(settings, SECOND_STAGE_BUFFER, 1),
        AggregateOptions.cache(settings),
        AggregateOptions.parking(settings));
  }
}
