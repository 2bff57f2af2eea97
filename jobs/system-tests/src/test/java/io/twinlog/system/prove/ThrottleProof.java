// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.system.FaultLoad;
import io.twinlog.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device job that gets through half of its input takes nobody offline, and catches up. */
@Tag("prove")
class ThrottleProof {
  private static final FleetScene.Plan PLAN =
      new FleetScene.Plan(40, Duration.ofSeconds(30), Duration.ofSeconds(30));

  /** At half speed this becomes a lag of half as much: more than the timeout. */
  private static final Duration THROTTLED = Duration.ofSeconds(100);

  private static final Duration LOOK = Duration.ofMillis(250);

  @TempDir Path directory;

  @Test
  void throttle() throws Exception {
    Report report = new Report();
    try (FleetScene scene = new FleetScene(directory, PLAN, report);
        FaultLoad load = new FaultLoad(scene.bootstrap(), Duration.ofMillis(1))) {
      long before = scene.backlog().ofDevice();
      long built = throttle(scene, report);
      report.figure("records before the device job when it was let go", "%,d".formatted(built));
      assertThat(built).as("a lag was built up").isGreaterThan(before + 10_000);
      report.figure("recovery under the same load", scene.backlog().awaitDevice(3_000));
      scene.assertNobodyElseChanged();
      Set<String> acknowledged = load.finish();
      assertThat(acknowledged).as("acknowledged in the end").hasSize(load.written());
      scene.recover();
      scene.history().assertHoldsEachOnce(acknowledged, FaultLoad.DEVICE);
      report.figure("events acknowledged, each once in device.log", "" + acknowledged.size());
      scene.assertFindsSilent("steady-7");
      scene.assertNobodyElseChanged("steady-7");
    }
    report.printTable();
  }

  /** Stops the job whenever it has written more than half of what has come in since the start. */
  private static long throttle(FleetScene scene, Report report) throws Exception {
    report.say("the device job is held at half of its input for %d s", THROTTLED.toSeconds());
    Instant end = Instant.now().plus(THROTTLED);
    long came = scene.backlog().written(Topic.EVENTS_DOMAIN);
    long wrote = scene.backlog().written(Topic.DEVICE_LOG);
    int held = 0;
    int looks = 0;
    while (Instant.now().isBefore(end)) {
      long in = scene.backlog().written(Topic.EVENTS_DOMAIN) - came;
      long out = scene.backlog().written(Topic.DEVICE_LOG) - wrote;
      if (out > in / 2) {
        scene.device().pause();
        held++;
      } else {
        scene.device().resume();
      }
      if (++looks % 80 == 0) {
        report.say("came in: %,d, written: %,d, before it: %,d", in, out, in - out);
      }
      Awaitility.await().pollDelay(LOOK).until(() -> true);
    }
    report.figure("share of the time in which it stood still", held * 100 / looks + " %");
    long built = scene.backlog().ofDevice();
    scene.device().resume();
    return built;
  }
}
