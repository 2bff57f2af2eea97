// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.escalation.SilenceState.Phase;
import io.twinlog.domain.escalation.SilenceVitals;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The vitals of a silence in the hot value. Layout 1. */
public final class SilenceVitalsCodec implements BinaryCodec<SilenceVitals> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(SilenceVitals vitals, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(vitals.phase().name());
    out.writeLong(vitals.next());
    out.writeLong(vitals.published());
  }

  @Override
  public SilenceVitals read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "vitals of a silence");
    return new SilenceVitals(Phase.valueOf(in.readUTF()), in.readLong(), in.readLong());
  }
}
