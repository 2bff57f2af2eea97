// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Scalar.Text;
import io.twinlog.domain.Severity;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceCommand.Aside;
import io.twinlog.domain.device.DeviceCommand.ConfigurationTold;
import io.twinlog.domain.device.DeviceCommand.Content;
import io.twinlog.domain.device.DeviceCommand.Data;
import io.twinlog.domain.device.DeviceCommand.Errored;
import io.twinlog.domain.device.DeviceCommand.Heartbeat;
import io.twinlog.domain.device.DeviceCommand.Offline;
import io.twinlog.domain.device.DeviceCommand.Online;
import io.twinlog.domain.device.DeviceCommand.Provisioned;
import io.twinlog.domain.device.DeviceCommand.Recovered;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceCommand.Withdrawn;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceWentOffline;
import io.twinlog.domain.device.DeviceEvent.FaultOpened;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The instants, devices, reports and events that device tests speak of by name. */
final class Devices {
  private Devices() {}

  /** The clock has counted less than the wall has: it stood still in outages. */
  static final Moment NINE =
      new Moment(5_000_000, Instant.parse("2026-01-01T09:00:00Z").toEpochMilli());

  static final Moment FIVE_PAST_NINE = NINE.atClock(NINE.clock() + 300_000);

  /** Where the silence of a device ends that was last heard of at nine, by default. */
  static final Moment TEN_PAST_NINE = NINE.atClock(NINE.clock() + 600_000);

  static final String THERMOMETER = "thermometer-1";

  static final Registration THERMOMETER_REGISTRATION =
      new Registration("TH-7", "1.4.2", values("site", "north"), 0, 0);

  static final DeviceRegistered REGISTERED = new DeviceRegistered(THERMOMETER_REGISTRATION, false);
  static final DeviceCameOnline CAME_ONLINE = new DeviceCameOnline("s-1", "device.online");
  static final DeviceWentOffline WENT_OFFLINE = new DeviceWentOffline("");
  static final FaultOpened OVERHEATED = new FaultOpened("overheated", Severity.HIGH, "81 °C");

  static Saying online() {
    return new Saying("device.online", new Online());
  }

  static Saying offline() {
    return new Saying("device.offline", new Offline(""));
  }

  static Saying heartbeat() {
    return new Saying("device.heartbeat", new Heartbeat());
  }

  static Saying data() {
    return new Saying("data.collected", new Data());
  }

  static Saying error(String code) {
    return new Saying("device.error", new Errored(code, Severity.HIGH, "81 °C"));
  }

  static Saying error(String code, Severity severity, String message) {
    return new Saying("device.error", new Errored(code, severity, message));
  }

  static Saying recovered(String code) {
    return new Saying("device.recovered", new Recovered(code));
  }

  static Saying configurationTold(Values configuration) {
    return new Saying("device.configuration_reported", new ConfigurationTold(configuration));
  }

  static Saying provisioned(Registration registration) {
    return new Saying("device.registered", new Provisioned(registration));
  }

  static Saying processed() {
    return new Saying("data.processed", new Aside());
  }

  static Saying withdrawn() {
    return new Saying("device.decommissioned", new Withdrawn("sold"));
  }

  static Registration registration(String model, Values attributes) {
    return new Registration(model, "", attributes, 0, 0);
  }

  static Registration withTimeout(long millis) {
    return new Registration("TH-7", "", Values.NONE, 0, millis);
  }

  static Registration withInterval(long millis) {
    return new Registration("TH-7", "", Values.NONE, millis, 0);
  }

  /** Name, value, name, value …, all text. */
  static Values values(String... namesAndValues) {
    SortedMap<String, Scalar> entries = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.put(namesAndValues[i], new Text(namesAndValues[i + 1]));
    }
    return new Values(entries);
  }

  /** {@code count} values: {@code <prefix>0}, {@code <prefix>1} … */
  static Values manyValues(String prefix, int count) {
    SortedMap<String, Scalar> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      entries.put(prefix + i, new Text(""));
    }
    return new Values(entries);
  }

  static Patch set(String... namesAndValues) {
    return Patch.setting(values(namesAndValues));
  }

  static Patch remove(String... names) {
    return new Patch(Values.NONE, new TreeSet<>(java.util.List.of(names)));
  }

  static DeviceRules autoRegistering() {
    return new RulesDraft().autoRegister(true).rules();
  }

  /** What a device says; with {@link #at} it is a report. */
  record Saying(String eventType, Content content, String sessionId, long sequence) {
    Saying(String eventType, Content content) {
      this(eventType, content, "", DeviceCommand.NO_SEQUENCE);
    }

    Saying in(String session) {
      return new Saying(eventType, content, session, sequence);
    }

    Saying sequence(long position) {
      return new Saying(eventType, content, sessionId, position);
    }

    Report at(Moment occurred) {
      return new Report(eventType, sessionId, sequence, occurred.logTime(), content);
    }
  }

  /** The default rules, but for what a test names. */
  static final class RulesDraft {
    private Map<String, Long> modelTimeouts = Map.of();
    private int snapshotVersions = DeviceRules.DEFAULT.snapshotVersions();
    private long snapshotAge = DeviceRules.DEFAULT.snapshotAge();
    private int faultsMax = DeviceRules.DEFAULT.faultsMax();
    private long retention = DeviceRules.DEFAULT.retention();
    private boolean autoRegister;

    RulesDraft modelTimeout(String model, long millis) {
      modelTimeouts = Map.of(model, millis);
      return this;
    }

    RulesDraft snapshots(int versions, long age) {
      snapshotVersions = versions;
      snapshotAge = age;
      return this;
    }

    RulesDraft retention(long millis) {
      retention = millis;
      return this;
    }

    RulesDraft faultsMax(int max) {
      faultsMax = max;
      return this;
    }

    RulesDraft autoRegister(boolean on) {
      autoRegister = on;
      return this;
    }

    DeviceRules rules() {
      DeviceRules rules = DeviceRules.DEFAULT;
      return new DeviceRules(
          rules.timeout(),
          new TreeMap<>(modelTimeouts),
          rules.flapInterval(),
          rules.gapInterval(),
          rules.refresh(),
          rules.rewrite(),
          retention,
          snapshotVersions,
          snapshotAge,
          faultsMax,
          autoRegister);
    }
  }
}
