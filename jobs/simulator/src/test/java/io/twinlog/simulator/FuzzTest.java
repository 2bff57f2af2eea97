// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.simulator.Simulation.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sixty seeds, and each defect that must not go unnoticed. */
class FuzzTest {
  private static final int SEEDS = Integer.getInteger("twinlog.fuzz.seeds", 60);
  private static final int RESTARTED = Integer.getInteger("twinlog.fuzz.restarted", 1);

  @Test
  void whatComesOutIsWhatTheOracleSays() {
    List<Fuzz.Failure> failures = Fuzz.run(1, SEEDS, Plan.SOUND, System.err);

    assertThat(failures).extracting(Fuzz.Failure::text).isEmpty();
  }

  @Test
  void aJobThatIsSavedAndRestoredAfterEveryStepWritesTheSame() {
    List<Fuzz.Failure> failures = Fuzz.run(1, RESTARTED, new Plan(Defect.NONE, true), System.err);

    assertThat(failures).extracting(Fuzz.Failure::text).isEmpty();
  }

  /** A simulation that sees nothing shows nothing: each defect is found within a few seeds. */
  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void noticesADefect(Defect defect) throws Exception {
    boolean noticed = false;
    for (long seed = 1; seed <= 20 && !noticed; seed++) {
      noticed = isNoticed(seed, defect);
    }

    assertThat(noticed).as(defect + " was noticed").isTrue();
  }

  /** What is lost at a barrier shows when the job is restored: there it is restored often. */
  private static boolean isNoticed(long seed, Defect defect) throws Exception {
    boolean restarts = defect.showsInRestarts();
    try (Simulation simulation = new Simulation(seed, new Plan(defect, restarts))) {
      return !Fuzz.problems(simulation, restarts ? 60 : Simulation.steps()).isEmpty();
    }
  }
}
