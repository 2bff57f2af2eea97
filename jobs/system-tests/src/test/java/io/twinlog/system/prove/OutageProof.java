// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.system.DeviceHistory;
import io.twinlog.system.FaultLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that dies, and one that stands still, take nobody offline and lose nothing. */
@Tag("prove")
class OutageProof {
  private static final FleetScene.Plan PLAN =
      new FleetScene.Plan(40, Duration.ofSeconds(30), Duration.ofSeconds(30));

  private static final Duration DEAD = Duration.ofSeconds(60);

  /** Longer than the two minutes after which Kafka's producers give a batch up by default. */
  private static final Duration STILL = Duration.ofSeconds(150);

  @TempDir Path directory;

  @Test
  void outage() throws Exception {
    Report report = new Report();
    try (FleetScene scene = new FleetScene(directory, PLAN, report);
        FaultLoad load = new FaultLoad(scene.bootstrap(), Duration.ofMillis(20))) {
      report.figure("recovery from a dead broker", scene.killBroker(DEAD));
      scene.assertNobodyElseChanged();
      scene.assertOutagesTold(1);
      report.letPass(PLAN.grace(), "the clock stands still, and then goes on");
      report.figure("recovery from a broker that stood still", scene.pauseBroker(STILL));
      scene.assertNobodyElseChanged();
      scene.assertOutagesTold(2);
      Set<String> acknowledged = load.finish();
      assertThat(acknowledged).as("acknowledged in the end").hasSize(load.written());
      scene.recover();
      DeviceHistory history = scene.history();
      history.assertHoldsEachOnce(acknowledged, FaultLoad.DEVICE);
      report.figure("events acknowledged, each once in device.log", "" + acknowledged.size());
      report.figure("repeats read over", "" + history.repeats());
      scene.assertFindsSilent("steady-7");
      scene.assertNobodyElseChanged("steady-7");
      scene.assertOutagesTold(2);
    }
    report.printTable();
  }
}
