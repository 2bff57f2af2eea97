// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import io.twinlog.domain.telemetry.TelemetryLimits;
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
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the telemetry job: what bounds the state of a device. What decides is in the
 * rules.
 *
 * @param dedupeIds ids that a device remembers
 */
record TelemetryJobSettings(
    TelemetryLimits limits,
    int dedupeIds,
    long dedupeHorizonMillis,
    CacheSettings cache,
    ParkingSettings parking) {
  /** Results of commands to parked keys that a device remembers, to answer repeats. */
  static final int RESULTS_MAX = 32;

  static final long RESULTS_HORIZON_MILLIS = Duration.ofHours(24).toMillis();

  private static final TelemetryLimits DEFAULT = TelemetryLimits.DEFAULT;

  static final ConfigOption<Integer> DEDUPE_IDS =
      ConfigOptions.key("telemetry.dedupe.ids")
          .intType()
          .defaultValue(256)
          .withDescription(
              "Event ids that a device remembers here, to drop what a producer sends twice.");

  static final ConfigOption<Duration> DEDUPE_HORIZON =
      ConfigOptions.key("telemetry.dedupe.horizon")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription("How long it remembers them, on the clock; whichever ends first.");

  static final ConfigOption<Integer> METRICS_MAX =
      ConfigOptions.key("telemetry.metrics-max")
          .intType()
          .defaultValue(DEFAULT.metricsMax())
          .withDescription(
              "Metrics of a device that are kept track of. Values of others are recorded, flagged too_many_metrics, and"
                  + " in no statistics.");

  static final ConfigOption<MemorySize> WINDOWS_SIZE =
      ConfigOptions.key("telemetry.windows.size")
          .memoryType()
          .defaultValue(new MemorySize(DEFAULT.windowBytesMax()))
          .withDescription(
              "What the windows of a device may take, those of the present and those of the past each. Beyond, the"
                  + " oldest are closed for good before their time.");

  static final ConfigOption<MemorySize> KEPT_SIZE =
      ConfigOptions.key("telemetry.results.size")
          .memoryType()
          .defaultValue(new MemorySize(DEFAULT.keptBytesMax()))
          .withDescription(
              "What the records of a device may take that wait for a result; the oldest gives way.");

  static final ConfigOption<Duration> RETENTION =
      ConfigOptions.key("telemetry.retention")
          .durationType()
          .defaultValue(Duration.ofMillis(DEFAULT.retention()))
          .withDescription(
              "Silence after which the telemetry of a device that is not registered is forgotten. On the clock.");

  static final ConfigOption<Duration> REWRITE =
      ConfigOptions.key("telemetry.projection.rewrite")
          .durationType()
          .defaultValue(Duration.ofMillis(DEFAULT.rewrite()))
          .withDescription("telemetry.latest is written again at least this often. On the clock.");

  static final List<ConfigOption<?>> ALL =
      List.of(DEDUPE_IDS, DEDUPE_HORIZON, METRICS_MAX, WINDOWS_SIZE, KEPT_SIZE, RETENTION, REWRITE);

  /** The same, and those of every stateful job. */
  static final List<ConfigOption<?>> WITH_SHELL =
      Stream.of(ALL, RulesOptions.ALL, AggregateOptions.ALL).flatMap(List::stream).toList();

  /**
   * Reads them.
   *
   * @throws SettingsException when a value is out of its range
   */
  static TelemetryJobSettings of(ReadableConfig settings) {
    return new TelemetryJobSettings(
        new TelemetryLimits(
            Ranges.atLeast(settings, METRICS_MAX, 1),
            bytes(settings, WINDOWS_SIZE),
            bytes(settings, KEPT_SIZE),
            Ranges.millisAtLeast(settings, RETENTION, 1_000),
            Ranges.millisAtLeast(settings, REWRITE, 1_000)),
        Ranges.atLeast(settings, DEDUPE_IDS, 1),
        settings.get(DEDUPE_HORIZON).toMillis(),
        AggregateOptions.cache(settings),
        AggregateOptions.parking(settings));
  }

  private static int bytes(ReadableConfig settings, ConfigOption<MemorySize> option) {
    long value = settings.get(option).getBytes();
    if (value < 16 << 10 || value > 64 << 20) {
      throw new SettingsException(option.key() + ": " + value + " bytes; 16 kb to 64 mb");
    }
    return (int) value;
  }
}
