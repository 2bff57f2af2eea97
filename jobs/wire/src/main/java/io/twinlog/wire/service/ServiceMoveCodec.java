// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceMove;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A move of an instance on its way to its name, and while it waits there. Layout 1; a later layout
 * gets the next number, and this one is read for ever.
 */
public final class ServiceMoveCodec implements BinaryCodec<ServiceMove> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(ServiceMove move, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(move.name());
    out.writeUTF(move.serviceId());
    out.writeLong(move.version());
    out.writeUTF(move.kind().name());
    out.writeUTF(move.endpoint());
    out.writeUTF(move.serviceVersion());
    out.writeUTF(move.reported().text());
  }

  @Override
  public ServiceMove read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "a move of a service has layout " + layout + "; this build reads " + LAYOUT);
    }
    return new ServiceMove(
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        ServiceMove.Kind.valueOf(in.readUTF()),
        in.readUTF(),
        in.readUTF(),
        Health.of(in.readUTF()));
  }
}
