// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Scalar;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tracks of all sorts come back as they were, whichever of their fields say something. */
class TrackBytesTest {
  private static final long T = 1_767_225_612_345L;

  private final Random random = new Random(20_261_127);

  @SafeVarargs
  private final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  private double number() {
    return one(0.0, -0.0, 1.0, 20.0, 20.5, Double.MIN_VALUE, Double.MAX_VALUE, 9.2e18);
  }

  private long time() {
    return one(0L, T, T + 1, T - 60_000, -T, Long.MAX_VALUE);
  }

  private Seen seen() {
    int same = one(0, 1, 1, 1, 2, Integer.MAX_VALUE);
    double value = number();
    long time = time();
    if (same == 0) {
      return Seen.NOTHING;
    }
    return random.nextBoolean()
        ? new Seen(value, time, same, value, time)
        : new Seen(value, time, same, number(), time());
  }

  private RobustEstimate estimate(Seen newest) {
    int values = one(0, 1, 33);
    return values == 0
        ? RobustEstimate.NONE
        : new RobustEstimate(
            values, one(0, 7), number(), number(), one(1.0, 1.0, 1.05), newest.value());
  }

  private void accept(Track track, Seen newest) {
    Scalar value =
        one(
            null,
            new Scalar.Decimal(newest.value()),
            new Scalar.Whole((long) newest.value()),
            new Scalar.Decimal(number()),
            new Scalar.Whole(one(0L, 20L, Long.MAX_VALUE, Long.MIN_VALUE)),
            new Scalar.Flag(random.nextBoolean()),
            new Scalar.Text(one("", "on", "grün")));
    if (value != null) {
      track.accept(value, random.nextInt(3) > 0 ? newest.time() : time());
    }
  }

  private Pending.Last last(Seen newest) {
    return one(
        new Pending.Last(Long.MIN_VALUE, 0),
        new Pending.Last(newest.time(), newest.value()),
        new Pending.Last(time(), number()));
  }

  private Pending.Parts pending(Seen newest) {
    double[] values = new double[random.nextInt(Tally.RECENT_MAX + 1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = number();
    }
    long minute = one(0L, time(), WindowSize.MINUTE.start(newest.isNothing() ? T : newest.time()));
    return new Pending.Parts(
        values,
        random.nextInt(values.length + 1),
        random.nextInt(Tally.RECENT_MAX + 1),
        random.nextBoolean(),
        minute,
        last(newest),
        last(newest));
  }

  private Track track() {
    Track track = new Track();
    Seen newest = seen();
    track.see(newest, estimate(newest));
    accept(track, newest);
    track.pending().set(pending(newest));
    track.hoursCount(random.nextInt(70_000));
    return track;
  }

  @Test
  void comeBackAsTheyWere() {
    Track back = new Track();
    for (int i = 0; i < 20_000; i++) {
      Track[] tracks = {track(), track()};
      byte[] packed = Lane.pack(tracks, 2);
      Track[] again = new Track[2];
      for (int t = 0; t < 2; t++) {
        // The same object for all of them, as the job has it.
        back.read(packed, packed[t * Integer.BYTES] & 0xff | packed[t * Integer.BYTES + 1] << 8);
        same(tracks[t], back);
        again[t] = new Track();
        again[t].read(packed, packed[t * 4] & 0xff | packed[t * 4 + 1] << 8);
      }
      assertThat(Lane.pack(again, 2)).isEqualTo(packed);
    }
  }

  private static void same(Track one, Track other) {
    assertThat(other.seen()).isEqualTo(one.seen());
    assertThat(other.estimate()).isEqualTo(one.estimate());
    assertThat(other.last()).isEqualTo(one.last());
    assertThat(other.lastTime()).isEqualTo(one.lastTime());
    assertThat(other.pending().parts()).usingRecursiveComparison().isEqualTo(one.pending().parts());
  }

  @Test
  void anOrdinaryNumberTakesAThirdOfWhatItsFieldsWouldTake() {
    Track track = new Track();
    Seen newest = new Seen(20.5, T, 1, 20.5, T);
    track.see(newest, new RobustEstimate(12, 0, 20, 1, 1, 20.5));
    track.accept(new Scalar.Decimal(20.5), T);
    track.pending().startMinute(WindowSize.MINUTE.start(T), 16, true);
    track.pending().add(20.5, T);

    assertThat(Lane.pack(new Track[] {track}, 1)).hasSize(Integer.BYTES + 47 + Double.BYTES);
  }
}
