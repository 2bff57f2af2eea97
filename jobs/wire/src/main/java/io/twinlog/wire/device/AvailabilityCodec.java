// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import io.twinlog.domain.availability.AvailabilityState;
import io.twinlog.domain.availability.AvailabilityState.Day;
import io.twinlog.domain.device.Status;
import io.twinlog.domain.device.StatusTally;
import io.twinlog.schemas.AvailabilityDay;
import io.twinlog.schemas.DeviceAvailability;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Availability of a device as it is kept, layout 1, and as it is projected. A later layout gets the
 * next number, and this one is read for ever.
 */
public final class AvailabilityCodec implements BinaryCodec<AvailabilityState> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(AvailabilityState state, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(state.deviceId());
    out.writeLong(state.version());
    out.writeLong(state.deviceVersion());
    out.writeUTF(state.status().name());
    out.writeLong(state.since());
    out.writeLong(state.accounted());
    out.writeInt(state.days().size());
    for (Day day : state.days()) {
      out.writeLong(day.number());
      StatusTallies.write(day.millis(), out);
      out.writeLong(day.transitions());
      out.writeLong(day.failures());
    }
    out.writeLong(state.writtenClock());
    out.writeBoolean(state.ended());
  }

  @Override
  public AvailabilityState read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("availability has layout " + layout + "; this build reads " + LAYOUT);
    }
    return new AvailabilityState(
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        Status.valueOf(in.readUTF()),
        in.readLong(),
        in.readLong(),
        readDays(in),
        in.readLong(),
        in.readBoolean());
  }

  private static List<Day> readDays(DataInput in) throws IOException {
    List<Day> days = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      days.add(new Day(in.readLong(), StatusTallies.read(in), in.readLong(), in.readLong()));
    }
    return days;
  }

  /** The projection. */
  public static DeviceAvailability toAvro(AvailabilityState state) {
    long online = state.days().stream().mapToLong(day -> day.millis().online()).sum();
    long failures = state.days().stream().mapToLong(Day::failures).sum();
    return new DeviceAvailability(
        state.deviceId(),
        state.version(),
        state.deviceVersion(),
        state.status().name(),
        Instant.ofEpochMilli(state.since()),
        Instant.ofEpochMilli(state.accounted()),
        state.days().stream().map(AvailabilityCodec::toAvro).toList(),
        meanTimeBetweenFailures(online, failures));
  }

  private static AvailabilityDay toAvro(Day day) {
    StatusTally millis = day.millis();
    return new AvailabilityDay(
        LocalDate.ofEpochDay(day.number()).toString(),
        millis.registered(),
        millis.online(),
        millis.faulted(),
        millis.offline(),
        millis.decommissioned(),
        day.transitions(),
        day.failures(),
        meanTimeBetweenFailures(millis.online(), day.failures()));
  }

  private static Long meanTimeBetweenFailures(long online, long failures) {
    return failures == 0 ? null : Long.valueOf(online / failures);
  }
}
