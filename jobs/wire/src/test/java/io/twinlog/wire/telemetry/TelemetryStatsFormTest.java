// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.telemetry.Statistics;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import io.twinlog.domain.telemetry.WindowSize;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.wire.SingleObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TelemetryStatsFormTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  private final TelemetryStatsForm form = new TelemetryStatsForm();

  private static WindowTold window(String metric, Instant start, boolean last) {
    Statistics statistics = new Statistics(7, -1.5, 22, 20.25, 0.5, 20, 21.5, 1e-7, -0.0);
    return new WindowTold(metric, WindowSize.HOUR, start.toEpochMilli(), 3, last, statistics);
  }

  @Test
  void writesWhatAvroWould() {
    TelemetryStats expected =
        new TelemetryStats(
            "gr\u00fcn",
            "temperature",
            "1h",
            MIDNIGHT,
            3,
            true,
            7L,
            -1.5,
            22.0,
            20.25,
            0.5,
            20.0,
            21.5,
            1e-7,
            -0.0,
            9L);

    assertThat(form.pack("gr\u00fcn", window("temperature", MIDNIGHT, true), 9))
        .isEqualTo(new SingleObject().encode(expected));
  }

  @Test
  void namesDeviceMetricWindowAndStart() {
    assertThat(form.key("d-1", window("t", MIDNIGHT, false)))
        .isEqualTo("d-1/t/1h/2026-01-01T00:00:00Z");
    assertThat(form.key("a/b%", window("c/d", Instant.EPOCH, false)))
        .isEqualTo("a%2Fb%25/c%2Fd/1h/1970-01-01T00:00:00Z");
    assertThat(form.key("d-1", window("t", MIDNIGHT, false)))
        .isEqualTo("d-1/t/1h/2026-01-01T00:00:00Z");
  }
}
