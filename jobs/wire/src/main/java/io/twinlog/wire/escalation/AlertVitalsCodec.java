// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.AlertVitals;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The vitals of an alert in the hot value. Layout 1; a later layout gets the next number, and this
 * one is read for ever.
 */
public final class AlertVitalsCodec implements BinaryCodec<AlertVitals> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(AlertVitals vitals, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(vitals.phase().name());
    out.writeUTF(vitals.level().text());
    out.writeLong(vitals.policies());
    out.writeLong(vitals.next());
    out.writeLong(vitals.count());
    out.writeLong(vitals.lastAt());
    out.writeLong(vitals.lastClock());
    out.writeLong(vitals.windowEnds());
    out.writeInt(vitals.inWindow());
    out.writeLong(vitals.published());
    out.writeLong(vitals.retold());
    out.writeBoolean(vitals.lasts());
  }

  @Override
  public AlertVitals read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "vitals of an alert have layout " + layout + "; this build reads " + LAYOUT);
    }
    return new AlertVitals(
        Phase.valueOf(in.readUTF()),
        Severity.of(in.readUTF()),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readBoolean());
  }
}
