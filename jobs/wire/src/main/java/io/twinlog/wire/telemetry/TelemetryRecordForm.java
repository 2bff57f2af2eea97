// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Flag;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.RecordForm;
import io.twinlog.domain.telemetry.ScoredRecord;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.wire.AvroBuffer;
import io.twinlog.wire.SingleObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Records in the bytes of {@code telemetry.records}: {@link TelemetryRecord} in single-object
 * encoding, written without one, as there is one for each event. The values keep their order. Not
 * for threads to share.
 */
public final class TelemetryRecordForm implements RecordForm {
  private static final byte[] HEADER = SingleObject.header(TelemetryRecord.getClassSchema());

  // Branches of the union of values.
  private static final int BOOLEAN = 0;
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int STRING = 3;

  private final long rulesVersion;
  private final AvroBuffer out = new AvroBuffer();
  private final SingleObject singleObject = new SingleObject();

  /**
   * @param rulesVersion of the rules that judge
   */
  public TelemetryRecordForm(long rulesVersion) {
    this.rulesVersion = rulesVersion;
  }

  @Override
  public byte[] pack(ScoredRecord record) {
    out.clear();
    out.raw(HEADER, 0, HEADER.length);
    out.text(record.dataId());
    out.text(record.deviceId());
    out.text(record.model());
    Measurement measurement = record.measurement();
    values(measurement.values());
    out.number(measurement.timestamp());
    out.decimal(record.score());
    flags(record.flags());
    out.number(record.revision());
    boolean processed = record.revision() > 1;
    out.number(processed ? 1 : 0);
    if (processed) {
      out.text(record.result());
    }
    out.number(processed ? 1 : 0);
    if (processed) {
      out.number(record.processedAt());
    }
    out.number(rulesVersion);
    return out.toBytes();
  }

  private void values(List<Value> values) {
    if (!values.isEmpty()) {
      out.number(values.size());
      for (int i = 0; i < values.size(); i++) {
        out.text(values.get(i).metric());
        scalar(values.get(i).value(), out);
      }
    }
    out.number(0);
  }

  /** A value, in the union that all records have for it. */
  static void scalar(Scalar value, AvroBuffer out) {
    if (value instanceof Scalar.Decimal decimal) {
      out.number(DOUBLE);
      out.decimal(decimal.value());
    } else if (value instanceof Scalar.Whole whole) {
      out.number(LONG);
      out.number(whole.value());
    } else if (value instanceof Scalar.Text text) {
      out.number(STRING);
      out.text(text.value());
    } else if (value instanceof Scalar.Flag flag) {
      out.number(BOOLEAN);
      out.flag(flag.value());
    } else {
      throw new IllegalStateException("no rule for " + value);
    }
  }

  private void flags(List<Flag> flags) {
    if (!flags.isEmpty()) {
      out.number(flags.size());
      for (Flag flag : flags) {
        out.text(flag.metric());
        out.text(flag.check());
        out.flag(flag.hard());
        out.text(flag.message());
      }
    }
    out.number(0);
  }

  /** What {@link #pack} of this release or an earlier one made. The flags tell what ran ahead. */
  @Override
  public ScoredRecord unpack(byte[] packed) {
    if (!Arrays.equals(packed, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      return unpack(singleObject.encode(singleObject.decode(packed, TelemetryRecord.class)));
    }
    try {
      return read(
          DecoderFactory.get()
              .binaryDecoder(packed, HEADER.length, packed.length - HEADER.length, null));
    } catch (IOException e) {
      throw new UncheckedIOException("a record that was kept cannot be read", e);
    }
  }

  /** The id stands at the beginning. */
  @Override
  public boolean isOf(String dataId, byte[] packed) {
    if (!Arrays.equals(packed, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      return RecordForm.super.isOf(dataId, packed);
    }
    out.clear();
    out.raw(HEADER, 0, HEADER.length);
    out.text(dataId);
    return out.isBeginOf(packed);
  }

  private static ScoredRecord read(BinaryDecoder in) throws IOException {
    String dataId = in.readString();
    String deviceId = in.readString();
    String model = in.readString();
    List<Value> values = new ArrayList<>();
    for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
      for (long i = 0; i < left; i++) {
        values.add(new Value(in.readString(), scalar(in)));
      }
    }
    long timestamp = in.readLong();
    double score = in.readDouble();
    List<Flag> flags = new ArrayList<>();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        flags.add(new Flag(in.readString(), in.readString(), in.readBoolean(), in.readString()));
      }
    }
    int revision = in.readInt();
    String result = in.readIndex() == 1 ? in.readString() : "";
    long processedAt = in.readIndex() == 1 ? in.readLong() : 0;
    boolean ahead = flags.stream().anyMatch(flag -> flag.path().equals("clock_skew"));
    return new ScoredRecord(
        dataId,
        deviceId,
        model,
        new Measurement(dataId.substring(deviceId.length() + 1), timestamp, ahead, values),
        score,
        flags,
        revision,
        result,
        processedAt);
  }

  private static Scalar scalar(BinaryDecoder in) throws IOException {
    int branch = in.readIndex();
    return switch (branch) {
      case BOOLEAN -> new Scalar.Flag(in.readBoolean());
      case LONG -> new Scalar.Whole(in.readLong());
      case DOUBLE -> new Scalar.Decimal(in.readDouble());
      case STRING -> new Scalar.Text(in.readString());
      default -> throw new IOException("a value of kind " + branch);
    };
  }
}
