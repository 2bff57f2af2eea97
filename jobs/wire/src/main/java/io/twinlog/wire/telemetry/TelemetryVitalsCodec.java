// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Kept;
import io.twinlog.domain.telemetry.Lane;
import io.twinlog.domain.telemetry.RobustEstimate;
import io.twinlog.domain.telemetry.Seen;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.domain.telemetry.TelemetryVitals.Told;
import io.twinlog.domain.telemetry.Track;
import io.twinlog.domain.telemetry.Window;
import io.twinlog.wire.AvroBuffer;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The telemetry of a device in the hot value: a length, then numbers in Avro's binary encoding.
 * Layout 1; a later layout gets the next number, and this one is read for ever. Not for threads to
 * share.
 */
public final class TelemetryVitalsCodec implements BinaryCodec<TelemetryVitals> {
  private static final int LAYOUT = 1;

  // Kinds of the last value of a track.
  private static final int NONE = 0;
  private static final int TEXT = 1;
  private static final int WHOLE = 2;
  private static final int DECIMAL = 3;
  private static final int FLAG = 4;

  private final AvroBuffer buffer = new AvroBuffer();
  private final WindowForm windows = new WindowForm();

  /** Bytes that it takes encoded. */
  public int size(TelemetryVitals vitals) {
    encode(vitals);
    return buffer.toBytes().length;
  }

  @Override
  public void write(TelemetryVitals vitals, DataOutput out) throws IOException {
    encode(vitals);
    buffer.writeTo(out);
  }

  private void encode(TelemetryVitals vitals) {
    buffer.clear();
    buffer.number(LAYOUT);
    buffer.text(vitals.model());
    buffer.flag(vitals.registered());
    buffer.number(vitals.clock());
    buffer.number(vitals.presentFrom());
    write(vitals.present());
    write(vitals.past());
    buffer.number(vitals.kept().entries().length);
    for (Kept.Entry entry : vitals.kept().entries()) {
      buffer.text(entry.eventId());
      buffer.number(vitals.clock() - entry.clock());
      buffer.text(entry.packed(), 0, entry.packed().length);
    }
    buffer.number(vitals.told().size());
    for (Told told : vitals.told()) {
      buffer.text(told.name());
      buffer.number(told.clock());
      buffer.number(told.held());
    }
    buffer.number(vitals.tooLate());
    buffer.number(vitals.published());
  }

  private void write(Lane lane) {
    // Rejected records alone leave tracks, and nothing else.
    boolean used = lane.newest() != Lane.EMPTY.newest() || lane.tracks().length > 0;
    buffer.flag(used);
    if (!used) {
      return;
    }
    buffer.number(lane.newest());
    buffer.number(lane.clock());
    buffer.number(lane.untold());
    buffer.number(lane.nextMove());
    buffer.number(lane.nextOver());
    for (long over : lane.over()) {
      buffer.number(over);
    }
    buffer.number(lane.windowBytes());
    buffer.number(lane.tracks().length);
    for (Track track : lane.tracks()) {
      write(track, lane.newest());
    }
  }

  /** Times stand as they differ from the newest one, in which they wrap around where it is none. */
  private void write(Track track, long newest) {
    buffer.text(track.metric());
    Seen seen = track.seen();
    buffer.number(seen.same());
    if (seen.same() > 0) {
      windows.decimal(seen.value(), buffer);
      buffer.number(newest - seen.time());
      windows.decimal(seen.sameValue(), buffer);
      buffer.number(newest - seen.sameSince());
    }
    buffer.number(track.estimate().values());
    if (track.estimate().values() > 0) {
      write(track.estimate());
    }
    write(track.last());
    if (track.last() != null) {
      buffer.number(newest - track.lastTime());
    }
    buffer.number(track.windows().length);
    for (Window window : track.windows()) {
      windows.write(window, buffer);
    }
  }

  private void write(RobustEstimate estimate) {
    buffer.number(estimate.far());
    buffer.decimal(estimate.level());
    buffer.decimal(estimate.scale());
    buffer.decimal(estimate.stretch());
    windows.decimal(estimate.last(), buffer);
  }

  private void write(Scalar value) {
    if (value == null) {
      buffer.number(NONE);
    } else if (value instanceof Scalar.Text text) {
      buffer.number(TEXT);
      buffer.text(text.value());
    } else if (value instanceof Scalar.Whole whole) {
      buffer.number(WHOLE);
      buffer.number(whole.value());
    } else if (value instanceof Scalar.Decimal decimal) {
      buffer.number(DECIMAL);
      windows.decimal(decimal.value(), buffer);
    } else if (value instanceof Scalar.Flag flag) {
      buffer.number(FLAG);
      buffer.flag(flag.value());
    } else {
      throw new IllegalStateException("no rule for " + value);
    }
  }

  @Override
  public TelemetryVitals read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    BinaryDecoder from = DecoderFactory.get().binaryDecoder(bytes, null);
    long layout = from.readLong();
    if (layout != LAYOUT) {
      throw new IOException("telemetry has layout " + layout + "; this build reads " + LAYOUT);
    }
    String model = from.readString();
    boolean registered = from.readBoolean();
    long clock = from.readLong();
    long presentFrom = from.readLong();
    Lane present = lane(from);
    Lane past = lane(from);
    Kept.Entry[] kept = new Kept.Entry[(int) from.readLong()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new Kept.Entry(from.readString(), clock - from.readLong(), bytes(from));
    }
    List<Told> told = new ArrayList<>();
    for (long left = from.readLong(); left > 0; left--) {
      told.add(new Told(from.readString(), from.readLong(), from.readInt()));
    }
    return new TelemetryVitals(
        model,
        registered,
        clock,
        presentFrom,
        present,
        past,
        kept.length == 0 ? Kept.NONE : new Kept(kept),
        told,
        from.readLong(),
        from.readLong());
  }

  private static byte[] bytes(BinaryDecoder in) throws IOException {
    byte[] bytes = new byte[(int) in.readLong()];
    in.readFixed(bytes);
    return bytes;
  }

  private Lane lane(BinaryDecoder in) throws IOException {
    if (!in.readBoolean()) {
      return Lane.EMPTY;
    }
    long newest = in.readLong();
    long clock = in.readLong();
    int untold = in.readInt();
    long nextMove = in.readLong();
    long nextOver = in.readLong();
    long[] over = {in.readLong(), in.readLong(), in.readLong()};
    int windowBytes = in.readInt();
    Track[] tracks = new Track[in.readInt()];
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = track(in, newest);
    }
    return new Lane(newest, clock, untold, nextMove, nextOver, over, windowBytes, tracks);
  }

  private Track track(BinaryDecoder in, long newest) throws IOException {
    String metric = in.readString();
    int same = in.readInt();
    Seen seen =
        same == 0
            ? Seen.NOTHING
            : seen(
                same,
                windows.decimal(in),
                newest - in.readLong(),
                windows.decimal(in),
                newest - in.readLong());
    int values = in.readInt();
    RobustEstimate estimate = values == 0 ? RobustEstimate.NONE : estimate(values, in);
    Scalar last = scalar(in);
    long lastTime = last == null ? Long.MIN_VALUE : newest - in.readLong();
    Window[] all = new Window[in.readInt()];
    for (int i = 0; i < all.length; i++) {
      all[i] = windows.read(in);
    }
    return new Track(metric, seen, estimate, last, lastTime, all);
  }

  private static Seen seen(int same, double value, long time, double sameValue, long since) {
    return new Seen(value, time, same, sameValue, since);
  }

  private RobustEstimate estimate(int values, BinaryDecoder in) throws IOException {
    return new RobustEstimate(
        values,
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        windows.decimal(in));
  }

  private Scalar scalar(BinaryDecoder in) throws IOException {
    int kind = in.readInt();
    return switch (kind) {
      case NONE -> null;
      case TEXT -> new Scalar.Text(in.readString());
      case WHOLE -> new Scalar.Whole(in.readLong());
      case DECIMAL -> new Scalar.Decimal(windows.decimal(in));
      case FLAG -> new Scalar.Flag(in.readBoolean());
      default -> throw new IOException("a value of kind " + kind);
    };
  }
}
