// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.escalation.Mute;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A reason for which nobody is told, on its way to those that it mutes. Layout 1. */
public final class MuteCodec implements BinaryCodec<Mute> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(Mute mute, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    Parts.writeMute(mute, out);
  }

  @Override
  public Mute read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "a mute");
    return Parts.readMute(in);
  }
}
