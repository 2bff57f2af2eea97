// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.telemetry.Buckets;
import io.twinlog.domain.telemetry.ExactSum;
import io.twinlog.domain.telemetry.Tally;
import io.twinlog.domain.telemetry.Window;
import io.twinlog.domain.telemetry.WindowSize;
import io.twinlog.wire.AvroBuffer;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;

/** Windows in state, and numbers that are mostly short decimals. */
final class WindowForm {
  private static final WindowSize[] SIZES = WindowSize.values();
  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** So many bits below a short decimal say how many of its digits stand behind the point. */
  private static final int PLACES_BITS = 3;

  private static final int PLACES_MASK = (1 << PLACES_BITS) - 1;

  /** Instead of the digits: the bits of the double follow. */
  private static final int BITS = PLACES_MASK;

  private static final double DIGITS_MAX = 1L << 50;

  void write(Window window, AvroBuffer out) {
    out.number(window.size().ordinal());
    out.number(window.start() / window.size().millis());
    out.number(window.revision());
    out.flag(window.told());
    Tally tally = window.tally();
    out.number(tally.folded());
    if (tally.folded() > 0) {
      decimal(tally.min(), out);
      decimal(tally.max(), out);
      parts(tally.sum(), out);
      parts(tally.squares(), out);
      buckets(tally.buckets(), out);
    }
    out.number(tally.recent().length);
    for (double value : tally.recent()) {
      decimal(value, out);
    }
    out.number(tally.lastTime() - window.start());
    decimal(tally.last(), out);
  }

  private static void parts(ExactSum sum, AvroBuffer out) {
    out.number(sum.parts().length);
    for (double part : sum.parts()) {
      out.decimal(part);
    }
  }

  private static void buckets(Buckets buckets, AvroBuffer out) {
    out.number(buckets.zeros());
    buckets(buckets.negative(), buckets.negativeCounts(), out);
    buckets(buckets.positive(), buckets.positiveCounts(), out);
  }

  private static void buckets(int[] indices, long[] counts, AvroBuffer out) {
    out.number(indices.length);
    int last = 0;
    for (int i = 0; i < indices.length; i++) {
      out.number(indices[i] - last);
      out.number(counts[i]);
      last = indices[i];
    }
  }

  /** A number: its digits and how many of them stand behind the point, or its bits. */
  void decimal(double value, AvroBuffer out) {
    for (int places = 0; places < POWERS.length; places++) {
      double digits = Math.rint(value * POWERS[places]);
      boolean exact = digits / POWERS[places] == value && Math.abs(digits) < DIGITS_MAX;
      // A negative zero would come back as a positive one.
      if (exact && (digits != 0 || 1 / value > 0)) {
        out.number((long) digits << PLACES_BITS | places);
        return;
      }
    }
    out.number(BITS);
    out.decimal(value);
  }

  double decimal(BinaryDecoder in) throws IOException {
    long number = in.readLong();
    int places = (int) (number & PLACES_MASK);
    return places == BITS ? in.readDouble() : (number >> PLACES_BITS) / POWERS[places];
  }

  Window read(BinaryDecoder in) throws IOException {
    WindowSize size = SIZES[in.readInt()];
    long start = in.readLong() * size.millis();
    int revision = in.readInt();
    boolean told = in.readBoolean();
    long folded = in.readLong();
    Tally tally = folded == 0 ? Tally.NONE : folded(folded, in);
    double[] recent = new double[in.readInt()];
    for (int i = 0; i < recent.length; i++) {
      recent[i] = decimal(in);
    }
    long lastTime = start + in.readLong();
    return new Window(
        size,
        start,
        new Tally(
            folded,
            tally.min(),
            tally.max(),
            tally.sum(),
            tally.squares(),
            tally.buckets(),
            recent,
            lastTime,
            decimal(in)),
        revision,
        told);
  }

  private Tally folded(long count, BinaryDecoder in) throws IOException {
    return new Tally(
        count,
        decimal(in),
        decimal(in),
        parts(in),
        parts(in),
        buckets(in),
        Tally.NONE.recent(),
        0,
        0);
  }

  private static ExactSum parts(BinaryDecoder in) throws IOException {
    double[] parts = new double[in.readInt()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = in.readDouble();
    }
    return ExactSum.of(parts);
  }

  private static Buckets buckets(BinaryDecoder in) throws IOException {
    long zeros = in.readLong();
    int[] negative = new int[in.readInt()];
    long[] negativeCounts = new long[negative.length];
    buckets(negative, negativeCounts, in);
    int[] positive = new int[in.readInt()];
    long[] positiveCounts = new long[positive.length];
    buckets(positive, positiveCounts, in);
    return new Buckets(zeros, negative, negativeCounts, positive, positiveCounts);
  }

  private static void buckets(int[] indices, long[] counts, BinaryDecoder in) throws IOException {
    int last = 0;
    for (int i = 0; i < indices.length; i++) {
      last += in.readInt();
      indices[i] = last;
      counts[i] = in.readLong();
    }
  }
}
