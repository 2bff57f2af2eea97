// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.telemetry.Kept;
import io.twinlog.domain.telemetry.Lane;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.domain.telemetry.TelemetryVitals.Told;
import io.twinlog.wire.AvroBuffer;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The telemetry of a device in the hot value: a length, then numbers in Avro's binary encoding.
 * Layout 3; layout 2, of release 0.4.0, is read for ever, and 1 was never released. Not for threads
 * to share.
 */
public final class TelemetryVitalsCodec implements BinaryCodec<TelemetryVitals> {
  /** Release 0.4.0: each field of a track has its place. */
  private static final int LAYOUT_FIXED = 2;

  private static final int LAYOUT = 3;

  private final AvroBuffer buffer = new AvroBuffer();
  private String[] known = {};

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
    Kept kept = vitals.kept();
    buffer.number(kept.size());
    for (int i = 0; i < kept.size(); i++) {
      buffer.number(vitals.clock() - kept.clock(i));
      buffer.text(kept.packed(i), 0, kept.packed(i).length);
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
    // Records that were rejected leave no track where there was none.
    boolean used = lane.newest() != Lane.EMPTY.newest();
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
    buffer.number(lane.metrics().length);
    for (String metric : lane.metrics()) {
      buffer.text(metric);
    }
    buffer.text(lane.tracks(), 0, lane.tracks().length);
    buffer.text(lane.minutes(), 0, lane.minutes().length);
    buffer.text(lane.hours(), 0, lane.hours().length);
    Lane.OfHours ofHours = lane.ofHours();
    buffer.number(ofHours.untold());
    buffer.number(ofHours.nextMove());
    buffer.number(ofHours.nextOver());
    buffer.number(ofHours.bytes());
  }

  @Override
  public TelemetryVitals read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    BinaryDecoder from = DecoderFactory.get().binaryDecoder(bytes, null);
    long layout = from.readLong();
    if (layout != LAYOUT && layout != LAYOUT_FIXED) {
      throw new IOException(
          "telemetry has layout %d; this build reads %d and %d"
              .formatted(layout, LAYOUT_FIXED, LAYOUT));
    }
    // They are few, and asked for with each input.
    String model = from.readString().intern();
    boolean registered = from.readBoolean();
    long clock = from.readLong();
    long presentFrom = from.readLong();
    boolean fixed = layout == LAYOUT_FIXED;
    Lane present = lane(from, fixed);
    Lane past = lane(from, fixed);
    byte[][] kept = new byte[(int) from.readLong()][];
    long[] keptSince = new long[kept.length];
    for (int i = 0; i < kept.length; i++) {
      keptSince[i] = clock - from.readLong();
      kept[i] = bytes(from);
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
        Kept.of(keptSince, kept),
        told,
        from.readLong(),
        from.readLong());
  }

  private static byte[] bytes(BinaryDecoder in) throws IOException {
    byte[] bytes = new byte[(int) in.readLong()];
    in.readFixed(bytes);
    return bytes;
  }

  private Lane lane(BinaryDecoder in, boolean fixed) throws IOException {
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
    String[] metrics = metrics(in);
    byte[] tracks = bytes(in);
    return new Lane(
        newest,
        clock,
        untold,
        nextMove,
        nextOver,
        over,
        windowBytes,
        metrics,
        fixed ? Lane.repacked(tracks, metrics.length) : tracks,
        bytes(in),
        bytes(in),
        new Lane.OfHours(in.readInt(), in.readLong(), in.readLong(), in.readInt()));
  }

  /** Devices that measure the same share the names. */
  private String[] metrics(BinaryDecoder in) throws IOException {
    String[] metrics = new String[in.readInt()];
    for (int i = 0; i < metrics.length; i++) {
      metrics[i] = in.readString().intern();
    }
    known = Arrays.equals(known, metrics) ? known : metrics;
    return known;
  }
}
