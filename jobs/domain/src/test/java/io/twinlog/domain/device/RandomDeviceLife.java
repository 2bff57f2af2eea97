// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.Devices.configurationTold;
import static io.twinlog.domain.device.Devices.data;
import static io.twinlog.domain.device.Devices.error;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.offline;
import static io.twinlog.domain.device.Devices.online;
import static io.twinlog.domain.device.Devices.processed;
import static io.twinlog.domain.device.Devices.provisioned;
import static io.twinlog.domain.device.Devices.recovered;
import static io.twinlog.domain.device.Devices.remove;
import static io.twinlog.domain.device.Devices.set;
import static io.twinlog.domain.device.Devices.values;
import static io.twinlog.domain.device.Devices.withdrawn;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Severity;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceCommand.ConfigureDevice;
import io.twinlog.domain.device.DeviceCommand.DecommissionDevice;
import io.twinlog.domain.device.DeviceCommand.RegisterDevice;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.Devices.Saying;
import java.time.Duration;
import java.util.Random;

/**
 * Draws what happens to one device: few codes, names and sessions, so that they meet. All of it
 * follows from the generator's seed.
 */
final class RandomDeviceLife {
  private final Random random;
  private long sequence;

  RandomDeviceLife(Random random) {
    this.random = random;
  }

  DeviceRules rules() {
    return new Devices.RulesDraft()
        .modelTimeout("TH-1", 30_000)
        .snapshots(number(1, 7, 100), number(0, 0, 3_600_000))
        .faultsMax(number(1, 2, 64))
        .autoRegister(random.nextBoolean())
        .rules();
  }

  /** Most often seconds; sometimes so long that deadlines pass. */
  long pause() {
    int kind = random.nextInt(100);
    if (kind < 30) {
      return 0;
    }
    if (kind < 80) {
      return random.nextInt(20_000);
    }
    if (kind < 95) {
      return random.nextInt(900_000);
    }
    return kind < 99 ? Duration.ofHours(30).toMillis() : Duration.ofDays(31).toMillis();
  }

  DeviceCommand command(Moment now) {
    int kind = random.nextInt(100);
    if (kind < 70) {
      Moment occurred = now.atClock(now.clock() - number(0, 0, 0, 1_000, 60_000));
      return numbered(saying()).at(occurred);
    }
    return request();
  }

  private Saying saying() {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> online();
      case 3, 4, 5 -> offline();
      case 6 -> heartbeat();
      case 7 -> random.nextBoolean() ? heartbeat() : processed();
      case 8, 9 -> data();
      case 10, 11 -> error(code(), severity(), "message " + random.nextInt(2));
      case 12 -> recovered(random.nextBoolean() ? code() : "");
      case 13 -> configurationTold(someValues());
      case 14 -> provisioned(registration());
      default -> random.nextInt(8) == 0 ? withdrawn() : heartbeat();
    };
  }

  private Saying numbered(Saying saying) {
    Saying inSession = saying.in(pick("", "s-1", "s-1", "s-1", "s-2"));
    if (random.nextInt(3) == 0) {
      return inSession;
    }
    sequence = random.nextInt(20) == 0 ? 0 : sequence + number(1, 1, 1, 2, -1);
    return inSession.sequence(Math.max(0, sequence));
  }

  private DeviceCommand request() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new RegisterDevice(registration());
      case 3, 4 -> new ConfigureDevice(patch());
      case 5, 6 -> new SetAttributes(patch());
      case 7, 8 -> new ReportFault(code(), severity(), "message " + random.nextInt(2));
      case 9, 10 -> new ClearFault(code());
      default -> random.nextInt(4) == 0 ? new DecommissionDevice("sold") : new ClearFault(code());
    };
  }

  private Registration registration() {
    return new Registration(
        "TH-" + random.nextInt(3),
        "",
        someValues(),
        number(0, 0, 20_000),
        number(0, 0, 5_000, 300_000));
  }

  private Patch patch() {
    String name = "name-" + random.nextInt(4);
    return random.nextInt(3) == 0 ? remove(name) : set(name, "value-" + random.nextInt(2));
  }

  private Values someValues() {
    return random.nextInt(4) == 0
        ? Values.NONE
        : values("name-" + random.nextInt(4), "value-" + random.nextInt(2));
  }

  private String code() {
    return pick("overheated", "leaking", "noisy");
  }

  private Severity severity() {
    return pick(Severity.LOW, Severity.HIGH);
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private int number(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
