// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void saysNothingOfWhatIsQuickAndEveryThreeSecondsHowFarItIs() {
    ReadProgress progress = new ReadProgress(environment(), "twinlog.parked", 2_000_000);
    now = now.plusSeconds(2);
    progress.look(1_900_000);
    assertThat(err.toString(UTF_8)).isEmpty();

    now = now.plusSeconds(1);
    progress.look(1_500_000);
    progress.look(1_400_000);
    now = now.plus(Duration.ofSeconds(3));
    progress.look(0);

    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "twinlog: reads twinlog.parked: 500,000 of 2,000,000 offsets",
            "twinlog: reads twinlog.parked: 2,000,000 of 2,000,000 offsets");
  }

  private Environment environment() {
    return new Environment(
        Map.of(),
        InputStream.nullInputStream(),
        new ByteArrayOutputStream(),
        new PrintStream(err, true, UTF_8),
        clock);
  }
}
