// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceState.Presence;
import io.twinlog.domain.service.ServiceVitals;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The vitals of an instance of a service in the hot value. Layout 1; a later layout gets the next
 * number, and this one is read for ever.
 */
public final class ServiceVitalsCodec implements BinaryCodec<ServiceVitals> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(ServiceVitals vitals, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(vitals.presence().name());
    out.writeUTF(vitals.reported().text());
    out.writeLong(vitals.interval());
    out.writeLong(vitals.lastSeen());
    out.writeLong(vitals.lastSeenAt());
    out.writeLong(vitals.published());
  }

  @Override
  public ServiceVitals read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "vitals of a service have layout " + layout + "; this build reads " + LAYOUT);
    }
    return new ServiceVitals(
        Presence.valueOf(in.readUTF()),
        Health.of(in.readUTF()),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
