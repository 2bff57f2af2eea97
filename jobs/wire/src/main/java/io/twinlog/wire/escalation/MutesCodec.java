// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.escalation.Mutes;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** All reasons for which nobody is told, as a subtask keeps them. Layout 1. */
public final class MutesCodec implements BinaryCodec<Mutes> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(Mutes mutes, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    Parts.writeList(
        mutes.spans(),
        out,
        (span, to) -> {
          Parts.writeMute(span.mute(), to);
          to.writeLong(span.from());
          to.writeLong(span.until());
        });
  }

  @Override
  public Mutes read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "the table of mutes");
    Mutes mutes = new Mutes();
    Parts.readList(
            in, from -> new Mutes.Span(Parts.readMute(from), from.readLong(), from.readLong()))
        .forEach(mutes::restore);
    return mutes;
  }
}
