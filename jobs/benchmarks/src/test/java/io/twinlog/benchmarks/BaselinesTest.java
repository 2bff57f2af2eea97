// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slow identity must not flatter. */
class BaselinesTest {
  private static final Machine SMALL = new Machine("EPYC", 2, 8, "17", "Linux");
  private static final Machine LARGE = new Machine("EPYC", 16, 64, "17", "Linux");
  private static final Baselines RECORDED =
      new Baselines(Map.of()).with(SMALL, Map.of("identity-json", 2.0));

  @Test
  void refusesAnIdentityThatNeedsAQuarterMoreThanIsRecorded() {
    assertThat(RECORDED.complaints(SMALL, Map.of("identity-json", 2.51)))
        .singleElement()
        .asString()
        .contains("identity-json needs 2.51", "2.00 are recorded for EPYC x 2");
  }

  @Test
  void takesOneThatNeedsJustThat() {
    assertThat(RECORDED.complaints(SMALL, Map.of("identity-json", 2.5))).isEmpty();
  }

  @Test
  void takesOneThatIsFaster() {
    assertThat(RECORDED.complaints(SMALL, Map.of("identity-json", 0.5))).isEmpty();
  }

  @Test
  void knowsNothingOfAnotherMachine() {
    assertThat(RECORDED.knows(SMALL, Set.of("identity-json"))).isTrue();
    assertThat(RECORDED.knows(LARGE, Set.of("identity-json"))).isFalse();
    assertThat(RECORDED.complaints(LARGE, Map.of("identity-json", 99.0))).isEmpty();
  }

  @Test
  void recordingOneIdentityKeepsTheOther() {
    Baselines both = RECORDED.with(SMALL, Map.of("identity-avro", 1.0));

    assertThat(both.machines().get("EPYC x 2"))
        .containsEntry("identity-json", 2.0)
        .containsEntry("identity-avro", 1.0);
  }

  @Test
  void readsWhatItWrote(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("deep").resolve("machines.json");

    RECORDED.write(file);

    assertThat(Baselines.read(file)).isEqualTo(RECORDED);
    assertThat(Baselines.read(directory.resolve("none")).machines()).isEmpty();
  }

  @Test
  void knowsNothingWhereAnIdentityWasNotRecordedOrNoneWasMeasured() {
    assertThat(RECORDED.knows(SMALL, Set.of("identity-json", "identity-avro"))).isFalse();
    assertThat(RECORDED.knows(SMALL, Set.of())).isFalse();
  }
}
