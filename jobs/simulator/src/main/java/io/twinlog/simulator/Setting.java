// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.availability.AvailabilityRules;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.domain.fleet.FleetRules;
import io.twinlog.wire.Topic;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * What a seed decides before the first step: sizes, and rules with short times, so that much
 * happens within few steps.
 *
 * @param cacheSize no cache, one that holds few of the devices, or all of them
 */
record Setting(
    int ingress,
    int commands,
    int inbox,
    int devices,
    DeviceRules rules,
    FleetRules fleet,
    int days,
    String cacheSize,
    int cacheDirtyMax,
    TelemetrySetting telemetry,
    ServiceSetting services,
    EscalationSetting escalation) {
  static final int DEDUPE_IDS = 5;
  static final long DEDUPE_HORIZON = 20_000;

  static Setting of(Dice dice) {
    long second = 1_000;
    TreeMap<String, Long> models = new TreeMap<>();
    models.put("T20", dice.between(4, 9) * second);
    DeviceRules rules =
        new DeviceRules(
            dice.between(4, 12) * second,
            models,
            dice.between(1, 5) * second,
            dice.between(1, 8) * second,
            dice.between(1, 8) * second,
            dice.between(20, 60) * second,
            dice.between(10, 40) * second,
            dice.between(2, 9),
            dice.percent(50) ? 0 : dice.between(5, 20) * second,
            dice.between(1, 3),
            dice.percent(30));
    return new Setting(
        dice.between(1, 3),
        dice.between(1, 2),
        dice.one(List.of(1, 2, 4)),
        dice.between(3, 8),
        rules,
        new FleetRules(dice.between(10, 40), dice.between(1, 3), rules.rewrite()),
        dice.between(1, 3),
        dice.one(List.of("0", "4 kb", "4 kb", "1 mb")),
        dice.one(List.of(1, 4, 1_000)),
        TelemetrySetting.of(dice),
        ServiceSetting.of(dice),
        EscalationSetting.of(dice));
  }

  int partitions(Topic topic) {
    return switch (topic) {
      case INGRESS -> ingress;
      case COMMANDS -> commands;
      case EVENTS_DOMAIN -> inbox;
      default -> 2;
    };
  }

  AvailabilityRules availability() {
    return new AvailabilityRules(days, rules.rewrite());
  }

  /** The same as an operator would set it. */
  Configuration configuration() {
    Configuration c = new Configuration();
    set(c, "device.silence.timeout", rules.timeout());
    c.setString("device.silence.model-timeouts.T20", rules.modelTimeouts().get("T20") + " ms");
    set(c, "device.flapping.interval", rules.flapInterval());
    set(c, "device.sequence.gap-interval", rules.gapInterval());
    set(c, "device.projection.refresh", rules.refresh());
    set(c, "device.projection.rewrite", rules.rewrite());
    set(c, "device.retention", rules.retention());
    set(c, "device.snapshot.age", rules.snapshotAge());
    set(c, "device.dedupe.horizon", DEDUPE_HORIZON);
    c.setString("device.snapshot.versions", Integer.toString(rules.snapshotVersions()));
    c.setString("device.faults.max", Integer.toString(rules.faultsMax()));
    c.setString("device.auto-register", Boolean.toString(rules.autoRegister()));
    c.setString("device.dedupe.ids", Integer.toString(DEDUPE_IDS));
    c.setString("cache.size", cacheSize);
    c.setString("cache.dirty-max", Integer.toString(cacheDirtyMax));
    c.setString("cache.dirty-at-checkpoint", Integer.toString(cacheDirtyMax / 4));
    // One of 1, 2 and 5, by what was drawn already.
    c.setString("cache.group", Integer.toString(1 + cacheDirtyMax % 5));
    // A rule that throws must not pass for one that a device brought about.
    c.setString("parking.on-defect", "FAIL");
    c.setString("device.availability.days", Integer.toString(days));
    c.setString("device.mass-silence.percent", Integer.toString(fleet.silencePercent()));
    c.setString("device.mass-silence.devices-min", Integer.toString(fleet.silentDevicesMin()));
    telemetry.addTo(c);
    services.addTo(c);
    escalation.addTo(c);
    return c;
  }

  /** The same, with every access through the store. */
  Configuration withoutCache() {
    Configuration c = configuration();
    c.setString("cache.size", "0");
    return c;
  }

  private static void set(Configuration configuration, String key, long millis) {
    configuration.setString(key, millis + " ms");
  }
}
