// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import io.twinlog.domain.device.Connection;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.domain.device.DeviceVitals.Published;
import io.twinlog.domain.device.DeviceVitals.SequenceWatch;
import io.twinlog.domain.device.FlapHistory;
import io.twinlog.domain.device.Lifecycle;
import io.twinlog.domain.device.Status;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The vitals of a device in the hot value. Layout 1; a later layout gets the next number, and this
 * one is read for ever.
 */
public final class DeviceVitalsCodec implements BinaryCodec<DeviceVitals> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(DeviceVitals vitals, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(vitals.lifecycle().name());
    out.writeUTF(vitals.status().name());
    out.writeUTF(vitals.connection().name());
    out.writeBoolean(vitals.flapping());
    out.writeLong(vitals.timeout());
    out.writeLong(vitals.aliveClock());
    out.writeLong(vitals.lastSeen());
    out.writeLong(vitals.lastData());
    out.writeLong(vitals.decommissionedClock());
    SequenceWatch sequence = vitals.sequence();
    out.writeUTF(sequence.sessionId());
    out.writeLong(sequence.last());
    out.writeLong(sequence.loggedClock());
    out.writeInt(sequence.held());
    out.writeInt(vitals.flaps().bits());
    out.writeLong(vitals.flaps().clock());
    Published published = vitals.published();
    out.writeLong(published.clock());
    out.writeLong(published.lastSeen());
    out.writeLong(published.snapshotVersion());
    out.writeLong(published.snapshotClock());
  }

  @Override
  public DeviceVitals read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "vitals of a device have layout " + layout + "; this build reads " + LAYOUT);
    }
    return new DeviceVitals(
        Lifecycle.valueOf(in.readUTF()),
        Status.valueOf(in.readUTF()),
        Connection.valueOf(in.readUTF()),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        new SequenceWatch(in.readUTF(), in.readLong(), in.readLong(), in.readInt()),
        new FlapHistory(in.readInt(), in.readLong()),
        new Published(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
  }
}
