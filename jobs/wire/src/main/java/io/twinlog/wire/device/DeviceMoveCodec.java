// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import io.twinlog.domain.Cause;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.Status;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A move of a device on its way to the second stages, and while it waits there. Layout 1; a later
 * layout gets the next number, and this one is read for ever.
 */
public final class DeviceMoveCodec implements BinaryCodec<DeviceMove> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(DeviceMove move, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(move.deviceId());
    out.writeLong(move.version());
    out.writeUTF(move.kind().name());
    out.writeUTF(move.from().name());
    out.writeUTF(move.to().name());
    out.writeUTF(move.modelBefore());
    out.writeUTF(move.model());
    out.writeUTF(move.cause().name());
  }

  @Override
  public DeviceMove read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("a move has layout " + layout + "; this build reads " + LAYOUT);
    }
    return new DeviceMove(
        in.readUTF(),
        in.readLong(),
        DeviceMove.Kind.valueOf(in.readUTF()),
        Status.valueOf(in.readUTF()),
        Status.valueOf(in.readUTF()),
        in.readUTF(),
        in.readUTF(),
        Cause.valueOf(in.readUTF()));
  }
}
