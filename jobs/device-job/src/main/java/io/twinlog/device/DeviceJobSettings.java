// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.availability.AvailabilityRules;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.domain.fleet.FleetRules;
import io.twinlog.flink.AggregateOptions;
import io.twinlog.flink.CacheSettings;
import io.twinlog.flink.ParkingSettings;
import io.twinlog.flink.Ranges;
import io.twinlog.flink.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.TimeUtils;

/**
 * The settings of the device job. What a rule reads is here until rules have documents of their
 * own.
 *
 * @param dedupeIds ids that a device remembers
 * @param secondStageBuffer notices that a subtask of a second stage may hold
 */
record DeviceJobSettings(
    DeviceRules rules,
    AvailabilityRules availability,
    FleetRules fleet,
    int dedupeIds,
    long dedupeHorizonMillis,
    List<String> labels,
    int secondStageBuffer,
    CacheSettings cache,
    ParkingSettings parking) {
  /** Results of commands that a device remembers, to answer repeats. */
  static final int RESULTS_MAX = 32;

  static final long RESULTS_HORIZON_MILLIS = Duration.ofHours(24).toMillis();

  private static final DeviceRules DEFAULT = DeviceRules.DEFAULT;

  static final ConfigOption<Duration> TIMEOUT =
      duration("device.silence.timeout", DEFAULT.timeout())
          .withDescription(
              "Silence after which a device is offline, where neither it nor its model says otherwise. On the clock."
                  + " It must exceed twice the real interval between its events.");

  static final ConfigOption<Map<String, String>> MODEL_TIMEOUTS =
      ConfigOptions.key("device.silence.model-timeouts")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("The same by model: model: duration.");

  static final ConfigOption<Duration> FLAP_INTERVAL =
      duration("device.flapping.interval", DEFAULT.flapInterval())
          .withDescription(
              "An interval without a transition counts as one step of calm. On the clock.");

  static final ConfigOption<Duration> GAP_INTERVAL =
      duration("device.sequence.gap-interval", DEFAULT.gapInterval())
          .withDescription(
              "Sequence gaps of a device are logged at most this often; later ones are counted in.");

  static final ConfigOption<Duration> REFRESH =
      duration("device.projection.refresh", DEFAULT.refresh())
          .withDescription(
              "last_seen and last_data of the projection are renewed at most this often. On the clock.");

  static final ConfigOption<Duration> REWRITE =
      duration("device.projection.rewrite", DEFAULT.rewrite())
          .withDescription("Every projection is written again at least this often. On the clock.");

  static final ConfigOption<Duration> RETENTION =
      duration("device.retention", DEFAULT.retention())
          .withDescription("How long a decommissioned device is kept. On the clock.");

  static final ConfigOption<Integer> SNAPSHOT_VERSIONS =
      ConfigOptions.key("device.snapshot.versions")
          .intType()
          .defaultValue(DEFAULT.snapshotVersions())
          .withDescription("Versions after the last snapshot at which the next is taken.");

  static final ConfigOption<Duration> SNAPSHOT_AGE =
      duration("device.snapshot.age", DEFAULT.snapshotAge())
          .withDescription(
              "Age of the last snapshot at which the next change takes one. 0: age does not count.");

  static final ConfigOption<Integer> FAULTS_MAX =
      ConfigOptions.key("device.faults.max")
          .intType()
          .defaultValue(DEFAULT.faultsMax())
          .withDescription(
              "Faults that a device may have open; the oldest gives way, and that is logged.");

  static final ConfigOption<Boolean> AUTO_REGISTER =
      ConfigOptions.key("device.auto-register")
          .booleanType()
          .defaultValue(DEFAULT.autoRegister())
          .withDescription(
              "Whether an event of an unknown device registers it, rather than become a dead letter.");

  static final ConfigOption<Integer> DEDUPE_IDS =
      ConfigOptions.key("device.dedupe.ids")
          .intType()
          .defaultValue(100)
          .withDescription(
              "Event ids that a device remembers, to drop what a producer sends twice.");

  static final ConfigOption<Duration> DEDUPE_HORIZON =
      duration("device.dedupe.horizon", Duration.ofHours(1).toMillis())
          .withDescription("How long it remembers them, on the clock; whichever ends first.");

  static final ConfigOption<Integer> AVAILABILITY_DAYS =
      ConfigOptions.key("device.availability.days")
          .intType()
          .defaultValue(AvailabilityRules.DEFAULT.daysMax())
          .withDescription(
              "Days that device.availability has of each device, the present one included.");

  static final ConfigOption<Integer> SILENCE_PERCENT =
      ConfigOptions.key("device.mass-silence.percent")
          .intType()
          .defaultValue(FleetRules.DEFAULT.silencePercent())
          .withDescription(
              "Share of the devices in service, in percent, that may fall silent within one minute of"
                  + " the clock; above it one system.mass_silence is raised.");

  static final ConfigOption<Integer> SILENT_DEVICES_MIN =
      ConfigOptions.key("device.mass-silence.devices-min")
          .intType()
          .defaultValue(FleetRules.DEFAULT.silentDevicesMin())
          .withDescription("Fewer devices than this are never a mass.");

  static final ConfigOption<List<String>> LABELS =
      ConfigOptions.key("escalation.labels")
          .stringType()
          .asList()
          .defaultValues("site")
          .withDescription(
              "Attributes of a device that become labels of its alerts, beside its model.");

  static final ConfigOption<Integer> SECOND_STAGE_BUFFER =
      ConfigOptions.key("device.second-stage.buffer")
          .intType()
          .defaultValue(1_000_000)
          .withDescription(
              "Changes of devices that a subtask of a second stage may hold until every source partition"
                  + " has passed their clock; one more stops the job.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          TIMEOUT,
          MODEL_TIMEOUTS,
          FLAP_INTERVAL,
          GAP_INTERVAL,
          REFRESH,
          REWRITE,
          RETENTION,
          SNAPSHOT_VERSIONS,
          SNAPSHOT_AGE,
          FAULTS_MAX,
          AUTO_REGISTER,
          DEDUPE_IDS,
          DEDUPE_HORIZON,
          AVAILABILITY_DAYS,
          SILENCE_PERCENT,
          SILENT_DEVICES_MIN,
          LABELS,
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
  static DeviceJobSettings of(ReadableConfig settings) {
    TreeMap<String, Long> models = new TreeMap<>();
    settings
        .get(MODEL_TIMEOUTS)
        .forEach(
            (model, text) -> models.put(model, parse(MODEL_TIMEOUTS.key() + "." + model, text)));
    DeviceRules rules =
        new DeviceRules(
            Ranges.millisAtLeast(settings, TIMEOUT, 1_000),
            models,
            Ranges.millisAtLeast(settings, FLAP_INTERVAL, 1),
            Ranges.millisAtLeast(settings, GAP_INTERVAL, 0),
            Ranges.millisAtLeast(settings, REFRESH, 1_000),
            Ranges.millisAtLeast(settings, REWRITE, 1_000),
            Ranges.millisAtLeast(settings, RETENTION, 1),
            Ranges.atLeast(settings, SNAPSHOT_VERSIONS, 1),
            Ranges.millisAtLeast(settings, SNAPSHOT_AGE, 0),
            Ranges.atLeast(settings, FAULTS_MAX, 1),
            settings.get(AUTO_REGISTER));
    return new DeviceJobSettings(
        rules,
        new AvailabilityRules(Ranges.atLeast(settings, AVAILABILITY_DAYS, 1), rules.rewrite()),
        new FleetRules(
            Ranges.atLeast(settings, SILENCE_PERCENT, 1),
            Ranges.atLeast(settings, SILENT_DEVICES_MIN, 1),
            rules.rewrite()),
        Ranges.atLeast(settings, DEDUPE_IDS, 1),
        Ranges.millisAtLeast(settings, DEDUPE_HORIZON, 0),
        settings.get(LABELS),
        Ranges.atLeast(settings, SECOND_STAGE_BUFFER, 1),
        AggregateOptions.cache(settings),
        AggregateOptions.parking(settings));
  }

  private static long parse(String key, String text) {
    try {
      return TimeUtils.parseDuration(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw new SettingsException(key + ": " + text + " is no duration", e);
    }
  }
}
