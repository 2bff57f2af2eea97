// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router that lags for three timeouts, three times over, takes nobody offline. */
@Tag("prove")
class LagProof {
  private static final FleetScene.Plan PLAN =
      new FleetScene.Plan(40, Duration.ofSeconds(30), Duration.ofSeconds(30));

  private static final Duration PAUSE = Duration.ofSeconds(90);

  /** What a recovery may take longer than the first, before it counts as growing. */
  private static final Duration NOISE = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  void lag() throws Exception {
    Report report = new Report();
    try (FleetScene scene = new FleetScene(directory, PLAN, report)) {
      Duration first = pause(scene, report, 1);
      pause(scene, report, 2);
      Duration third = pause(scene, report, 3);
      assertThat(third).as("recovery does not grow").isLessThan(first.plus(NOISE));
      scene.assertOtherTimesStayTheirOwn();
      scene.assertFindsSilent("steady-7");
      scene.assertNobodyElseChanged("steady-7");
      scene.assertOutagesTold(0);
      report.figure("records before the router at the end", "" + scene.backlog().ofRouter());
    }
    report.printTable();
  }

  private static Duration pause(FleetScene scene, Report report, int round) throws Exception {
    Duration took = scene.pauseRouter(PAUSE);
    report.figure("recovery " + round, took);
    scene.assertNobodyElseChanged();
    return took;
  }
}
