// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.DAY;
import static io.twinlog.domain.telemetry.Quality.HOUR;
import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.MINUTE;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.collected;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What nobody should send, and rules that change over what is there: it ends, and stays bounded.
 */
class TelemetryHostilityTest {
  private static final long EARLIEST = Instant.parse("1969-12-31T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private static final long[] TIMES = {
    EARLIEST, -1, 0, 1, MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 1, 2_082_758_400_000L, LATEST
  };

  private static final double[] NUMBERS = {
    0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-300,
    1,
    -1e100,
    1e100,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    Long.MAX_VALUE,
    1e15
  };

  private static final QualityRules ALL_CHECKS =
      new Quality.Draft()
          .every(
              new Check.Rate(1, Check.Cost.soft(0.1)),
              new Check.Stuck(1, 2, 0, Check.Cost.soft(0.1)),
              new Check.Outlier(5, 2, Check.Cost.soft(0.1)))
          .rules();

  @Test
  void anyTimesAndAnyNumbersInAnyOrderComeToAnEnd() {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      TestingDevice device = new TestingDevice(ALL_CHECKS);
      for (int i = 0; i < 100; i++) {
        // Before the first tick nobody knows that a time is of the future.
        Moment now = seed % 2 == 0 ? new Moment(0, 0) : clock(i * random.nextInt(3) * MINUTE);
        long time = TIMES[random.nextInt(TIMES.length)] + (random.nextBoolean() ? 0 : i);
        double value = NUMBERS[random.nextInt(NUMBERS.length)];
        device.apply(collected(Math.min(time, LATEST), "t", value), now);
      }
      device.silentForGood();

      assertThat(device.windows()).isNotEmpty().allMatch(WindowTold::last);
      for (WindowTold told : device.windows()) {
        Statistics statistics = told.statistics();
        assertThat(statistics.mean()).isFinite();
        assertThat(statistics.stddev()).isFinite().isNotNegative();
        assertThat(statistics.p50()).isBetween(statistics.min(), statistics.max());
      }
    }
  }

  @Test
  void aDeviceWhoseClockIsNotSetDoesNotSpoilItsPresent() {
    TestingDevice device = new TestingDevice(new Quality.Draft().rules());
    device.registered("m", clock(0));
    device.apply(collected(0, "t", 1), clock(0));
    device.apply(collected(MIDNIGHT + 1, "t", 1), clock(1));

    assertThat(record(device.apply(collected(MIDNIGHT + 2, "t", 1), clock(2))).flags()).isEmpty();
    assertThat(record(device.apply(collected(2, "t", 1), clock(3))).flags())
        .extracting(Flag::path)
        .containsExactly("backfill");
  }

  @Test
  void aClockThatGoesBackDoesNoHarm() {
    TestingDevice device = new TestingDevice(new Quality.Draft().rules());
    device.apply(collected(MIDNIGHT + HOUR, "t", 1), clock(HOUR));
    device.apply(collected(MIDNIGHT + HOUR + 1, "t", 1), clock(0));
    device.apply(collected(MIDNIGHT + HOUR + 2, "t", 1), clock(HOUR - 1));

    device.silentForGood();
    assertThat(device.windows()).hasSize(3).allMatch(told -> told.statistics().count() == 3);
  }

  @Test
  void aRecordHasAtMostSoManyFlagsAndTheHardOneAmongThem() {
    Check usual = new Check.Usual(0, 1, Check.Cost.soft(0.01));
    Check range = new Check.Range(0, 5, Check.Cost.soft(0.01));
    TestingDevice device =
        new TestingDevice(
            new Quality.Draft()
                .every(usual, range)
                .metric("z", 1, new Check.Range(0, 5, Check.Cost.HARD))
                .rules());
    Object[] data = new Object[400];
    for (int i = 0; i < 200; i++) {
      data[2 * i] = i == 199 ? "z" : "m-" + i;
      data[2 * i + 1] = 9;
    }

    ScoredRecord record = record(device.apply(collected(MIDNIGHT, data), clock(0)));
    assertThat(record.flags()).hasSize(Assessor.FLAGS_MAX + 2);
    assertThat(record.flags().get(Assessor.FLAGS_MAX))
        .isEqualTo(new Flag("z", "range", true, "9 is above 5"));
    assertThat(device.facts.get(0)).isInstanceOf(TelemetryFact.Rejected.class);
  }

  @Test
  void withoutAnyLatenessEachSilenceTells() {
    TestingDevice device =
        new TestingDevice(new Quality.Draft().statistics(0, 0).rules()).registered("m", clock(0));
    device.apply(collected(MIDNIGHT, "t", 1), clock(0));
    assertThat(device.silentUntil(clock(0))).hasSize(3);
    assertThat(device.silentUntil(clock(MINUTE)))
        .hasSize(1)
        .allMatch(fact -> ((WindowTold) fact).last());
  }

  @Test
  void rulesMayChangeOverWhateverIsThere() {
    long[] times = {0, 1, MINUTE, HOUR, 10 * DAY};
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      TestingDevice device = new TestingDevice(ALL_CHECKS);
      long now = 0;
      for (int i = 0; i < 150; i++) {
        if (random.nextInt(8) == 0) {
          device.rules(
              new Quality.Draft()
                  .statistics(times[random.nextInt(5)], times[random.nextInt(5)])
                  .keeping(times[random.nextInt(5)], random.nextInt(3) * 3)
                  .threshold(random.nextInt(4) == 0 ? 2 : 0)
                  .rules());
        }
        now += random.nextInt(10) == 0 ? random.nextInt((int) DAY) : random.nextInt(40_000);
        long back = random.nextInt(4) == 0 ? random.nextInt((int) (2 * DAY)) : 0;
        device.apply(collected(MIDNIGHT + now - back, "t", random.nextInt(9)), clock(now));
        assertThat(device.vitals.kept().size()).isLessThanOrEqualTo(6);
      }
      device.rules(new Quality.Draft().statistics(MINUTE, HOUR).rules());
      device.silentForGood();
      assertThat(device.windows()).isNotEmpty().allMatch(WindowTold::last);
    }
  }
}
