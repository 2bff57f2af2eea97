// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import io.twinlog.domain.device.StatusTally;
import io.twinlog.domain.fleet.FleetFact.ModelCounted;
import io.twinlog.domain.fleet.FleetState;
import io.twinlog.schemas.FleetCounts;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fleet as it is kept, layout 1, and as it is projected. A later layout gets the next number,
 * and this one is read for ever.
 */
public final class FleetCodec implements BinaryCodec<FleetState> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(FleetState state, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeLong(state.version());
    out.writeInt(state.models().size());
    for (Map.Entry<String, StatusTally> model : state.models().entrySet()) {
      out.writeUTF(model.getKey());
      StatusTallies.write(model.getValue(), out);
      out.writeBoolean(state.changed().contains(model.getKey()));
    }
    FleetState.Minute minute = state.minute();
    out.writeLong(minute.number());
    out.writeLong(minute.silent());
    out.writeInt(minute.byModel().size());
    for (Map.Entry<String, Long> model : minute.byModel().entrySet()) {
      out.writeUTF(model.getKey());
      out.writeLong(model.getValue());
    }
    out.writeInt(minute.deviceIds().size());
    for (String id : minute.deviceIds()) {
      out.writeUTF(id);
    }
    out.writeLong(state.rewrittenClock());
  }

  @Override
  public FleetState read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("the fleet has layout " + layout + "; this build reads " + LAYOUT);
    }
    long version = in.readLong();
    TreeMap<String, StatusTally> models = new TreeMap<>();
    TreeSet<String> changed = new TreeSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      String model = in.readUTF();
      models.put(model, StatusTallies.read(in));
      if (in.readBoolean()) {
        changed.add(model);
      }
    }
    FleetState.Minute minute = readMinute(in);
    return new FleetState(version, models, changed, minute, in.readLong());
  }

  private static FleetState.Minute readMinute(DataInput in) throws IOException {
    long number = in.readLong();
    long silent = in.readLong();
    SortedMap<String, Long> byModel = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      byModel.put(in.readUTF(), in.readLong());
    }
    List<String> ids = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ids.add(in.readUTF());
    }
    return new FleetState.Minute(number, silent, byModel, ids);
  }

  /** The projection of a model. */
  public static FleetCounts counts(ModelCounted counted) {
    StatusTally devices = counted.devices();
    return new FleetCounts(
        counted.model(),
        counted.version(),
        Instant.ofEpochMilli(counted.at().logTime()),
        counted.at().clock(),
        devices.registered(),
        devices.online(),
        devices.faulted(),
        devices.offline(),
        devices.decommissioned());
  }
}
