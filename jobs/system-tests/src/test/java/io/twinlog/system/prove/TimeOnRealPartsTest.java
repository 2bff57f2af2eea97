// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the proofs {@code lag} and {@code outage}. */
class TimeOnRealPartsTest {
  private static final FleetScene.Plan PLAN =
      new FleetScene.Plan(20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  @TempDir Path directory;

  @Test
  void aRouterThatStandsStillAndABrokerThatDiesTakeNobodyOfflineButTheSilent() throws Exception {
    Report report = new Report();
    try (FleetScene scene = new FleetScene(directory, PLAN, report)) {
      scene.pauseRouter(Duration.ofSeconds(25));
      scene.killBroker(Duration.ofSeconds(15));
      scene.assertNobodyElseChanged();
      scene.assertOtherTimesStayTheirOwn();
      scene.assertOutagesTold(1);
      scene.assertFindsSilent("steady-7");
      scene.assertNobodyElseChanged("steady-7");
    }
    report.printTable();
  }
}
