// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Five hundred seeds, and each defect that must not go unnoticed. */
class FuzzTest {
  private static final int SEEDS = Integer.getInteger("twinlog.fuzz.seeds", 500);

  @Test
  void whatComesOutIsWhatTheOracleSays() {
    List<Fuzz.Failure> failures = Fuzz.run(1, SEEDS, Defect.NONE, System.err);

    assertThat(failures).extracting(Fuzz.Failure::text).isEmpty();
  }

  /** A simulation that sees nothing shows nothing: each defect is found within a few seeds. */
  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void noticesADefect(Defect defect) throws Exception {
    boolean noticed = false;
    for (long seed = 1; seed <= 20 && !noticed; seed++) {
      noticed = Fuzz.run(seed, defect).isPresent();
    }

    assertThat(noticed).as(defect + " was noticed").isTrue();
  }
}
