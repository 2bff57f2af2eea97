// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.service.EndpointsFact.Listed;
import io.twinlog.domain.service.EndpointsState;
import io.twinlog.domain.service.EndpointsState.Instance;
import io.twinlog.domain.service.EndpointsState.Standing;
import io.twinlog.domain.service.Health;
import io.twinlog.schemas.ServiceEndpoint;
import io.twinlog.schemas.ServiceEndpoints;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instances of a name as they are kept, layout 1, and as they are listed. A later layout gets
 * the next number, and this one is read for ever.
 */
public final class EndpointsCodec implements BinaryCodec<EndpointsState> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(EndpointsState state, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(state.name());
    out.writeLong(state.version());
    out.writeInt(state.instances().size());
    for (Map.Entry<String, Instance> entry : state.instances().entrySet()) {
      Instance instance = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeUTF(instance.endpoint());
      out.writeUTF(instance.version());
      out.writeUTF(instance.reported().text());
      out.writeUTF(instance.standing().name());
      out.writeLong(instance.since());
    }
    out.writeInt(state.leaves().size());
    for (long leave : state.leaves()) {
      out.writeLong(leave);
    }
    out.writeLong(state.told());
    out.writeLong(state.written());
    out.writeBoolean(state.over());
  }

  @Override
  public EndpointsState read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("endpoints have layout " + layout + "; this build reads " + LAYOUT);
    }
    String name = in.readUTF();
    long version = in.readLong();
    TreeMap<String, Instance> instances = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      instances.put(
          in.readUTF(),
          new Instance(
              in.readUTF(),
              in.readUTF(),
              Health.of(in.readUTF()),
              Standing.valueOf(in.readUTF()),
              in.readLong()));
    }
    List<Long> leaves = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      leaves.add(in.readLong());
    }
    return new EndpointsState(
        name, version, instances, leaves, in.readLong(), in.readLong(), in.readBoolean());
  }

  /** The record of service.endpoints. */
  public static ServiceEndpoints toAvro(Listed listed) {
    return new ServiceEndpoints(
        listed.name(),
        listed.version(),
        listed.instances().stream()
            .map(
                of ->
                    new ServiceEndpoint(
                        of.serviceId(), of.endpoint(), of.health().text(), toNull(of.version())))
            .toList());
  }
}
