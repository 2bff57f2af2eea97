// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.telemetry.Buckets;
import io.twinlog.domain.telemetry.ExactSum;
import io.twinlog.domain.telemetry.Shelf;
import io.twinlog.domain.telemetry.Tally;
import io.twinlog.domain.telemetry.Track;
import io.twinlog.domain.telemetry.Window;
import io.twinlog.domain.telemetry.WindowForm;
import io.twinlog.domain.telemetry.WindowSize;
import io.twinlog.wire.AvroBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Windows as a job keeps them, in Avro's binary encoding. On a shelf each stands behind its length;
 * those of a lane by metric: how many there are, these, and, of a minute, the shelf. Numbers are
 * mostly short decimals. Not for threads to share.
 */
public final class TelemetryWindowForm implements WindowForm {
  private static final WindowSize[] SIZES = WindowSize.values();
  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** So many bits below a short decimal say how many of its digits stand behind the point. */
  private static final int PLACES_BITS = 3;

  private static final int PLACES_MASK = (1 << PLACES_BITS) - 1;

  /** Instead of the digits: the bits of the double follow. */
  private static final int BITS = PLACES_MASK;

  private static final double DIGITS_MAX = 1L << 50;

  private static final byte[] NOTHING = {};

  private final AvroBuffer out = new AvroBuffer();
  private final AvroBuffer entry = new AvroBuffer();
  private BinaryDecoder decoder;

  private BinaryDecoder decoder(byte[] packed) {
    decoder = DecoderFactory.get().binaryDecoder(packed, decoder);
    return decoder;
  }

  @Override
  public byte[] packMinutes(Track[] tracks, int count) {
    out.clear();
    boolean any = false;
    for (int i = 0; i < count; i++) {
      any |= write(tracks[i].minutes());
      Shelf shelf = tracks[i].shelf();
      out.text(shelf.packed(), 0, shelf.packed().length);
      if (shelf.packed().length > 0) {
        out.number(shelf.from());
        out.number(shelf.to());
        any = true;
      }
    }
    return any ? out.toBytes() : NOTHING;
  }

  @Override
  public byte[] packHours(Track[] tracks, int count) {
    out.clear();
    boolean any = false;
    for (int i = 0; i < count; i++) {
      any |= write(tracks[i].hours());
    }
    return any ? out.toBytes() : NOTHING;
  }

  /** Whether there are any. */
  private boolean write(Window[] windows) {
    out.number(windows.length);
    for (Window window : windows) {
      write(window, out);
    }
    return windows.length > 0;
  }

  @Override
  public void unpackMinutes(byte[] packed, Track[] tracks, int count) {
    if (packed.length == 0) {
      return;
    }
    BinaryDecoder in = decoder(packed);
    try {
      for (int i = 0; i < count; i++) {
        tracks[i].keepMinutes(windows(in), shelf(in));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void unpackHours(byte[] packed, Track[] tracks, int count) {
    if (packed.length == 0) {
      return;
    }
    BinaryDecoder in = decoder(packed);
    try {
      for (int i = 0; i < count; i++) {
        tracks[i].keepHours(windows(in));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static Window[] windows(BinaryDecoder in) throws IOException {
    Window[] windows = new Window[in.readInt()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = read(in);
    }
    return windows;
  }

  private static Shelf shelf(BinaryDecoder in) throws IOException {
    byte[] packed = new byte[in.readInt()];
    in.readFixed(packed);
    return packed.length == 0 ? Shelf.EMPTY : new Shelf(in.readLong(), in.readLong(), packed);
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("windows that were kept cannot be read", e);
  }

  @Override
  public byte[] append(byte[] shelf, Window[] windows, int count) {
    out.clear();
    out.raw(shelf, 0, shelf.length);
    for (int i = 0; i < count; i++) {
      entry.clear();
      write(windows[i], entry);
      out.text(entry);
    }
    return out.toBytes();
  }

  @Override
  public Window at(byte[] shelf, int place) {
    decoder = DecoderFactory.get().binaryDecoder(shelf, place, shelf.length - place, decoder);
    BinaryDecoder in = decoder;
    try {
      in.readInt();
      return read(in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public int after(byte[] shelf, int place) {
    int length = 0;
    int at = place;
    for (int shift = 0; at == place || shelf[at - 1] < 0; shift += 7) {
      length |= (shelf[at++] & 0x7f) << shift;
    }
    // Avro's numbers have the sign in their lowest bit.
    return at + (length >> 1);
  }

  @Override
  public Window[] unpack(byte[] shelf) {
    BinaryDecoder in = decoder(shelf);
    List<Window> windows = new ArrayList<>();
    try {
      while (!in.isEnd()) {
        in.readInt();
        windows.add(read(in));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return windows.toArray(Window[]::new);
  }

  private static void write(Window window, AvroBuffer out) {
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
  private static void decimal(double value, AvroBuffer out) {
    // Most sensors have two digits; more are tried only where those are not all.
    if (!shortDecimal(value, 2, out) && !shortDecimal(value, POWERS.length - 1, out)) {
      out.number(BITS);
      out.decimal(value);
    }
  }

  private static boolean shortDecimal(double value, int placesMax, AvroBuffer out) {
    double scaled = Math.rint(value * POWERS[placesMax]);
    // A negative zero would come back as a positive one.
    boolean exact =
        Math.abs(scaled) < DIGITS_MAX
            && scaled / POWERS[placesMax] == value
            && (scaled != 0 || 1 / value > 0);
    if (exact) {
      long digits = (long) scaled;
      int places = placesMax;
      while (places > 0 && digits % 10 == 0) {
        digits /= 10;
        places--;
      }
      out.number(digits << PLACES_BITS | places);
    }
    return exact;
  }

  private static double decimal(BinaryDecoder in) throws IOException {
    long number = in.readLong();
    int places = (int) (number & PLACES_MASK);
    return places == BITS ? in.readDouble() : (number >> PLACES_BITS) / POWERS[places];
  }

  private static Window read(BinaryDecoder in) throws IOException {
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

  private static Tally folded(long count, BinaryDecoder in) throws IOException {
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
