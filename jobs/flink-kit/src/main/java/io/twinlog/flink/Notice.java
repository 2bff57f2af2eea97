// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.LogClock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.OutputTag;

/**
 * What the aggregate of a key tells a second stage of one of its changes. The clock never goes back
 * from version to version of a key.
 *
 * @param key of the aggregate that changed
 * @param version of it, after the change
 * @param place in the inbox of the record that caused it
 * @param rules version of the rules in force
 */
public record Notice(
    String key, long version, InboxRecord.Place place, LogClock clock, long rules, byte[] value) {
  public static final TypeInformation<Notice> TYPE =
      new RecordTypeInfo<>(Notice.class, new Serializer());

  /** Where stages put what they tell the next ones. */
  public static final OutputTag<Notice> NOTICES = new OutputTag<>("notices", TYPE);

  private static final byte LAYOUT = 1;

  void write(DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    Bytes.writeText(key, out);
    out.writeLong(version);
    out.writeInt(place.partition());
    out.writeLong(place.offset());
    out.writeInt(clock.epoch());
    out.writeLong(clock.clock());
    out.writeLong(clock.wall());
    out.writeLong(rules);
    Bytes.write(value, out);
  }

  static Notice read(DataInput in) throws IOException {
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("a notice has layout " + layout + "; this build reads " + LAYOUT);
    }
    return new Notice(
        Bytes.readText(in),
        in.readLong(),
        new InboxRecord.Place(in.readInt(), in.readLong()),
        new LogClock(in.readInt(), in.readLong(), in.readLong()),
        in.readLong(),
        Bytes.read(in));
  }

  /** For the shuffle to a second stage. */
  public static final class Serializer extends ImmutableSerializer<Notice> {
    @Override
    public void serialize(Notice notice, DataOutputView target) throws IOException {
      notice.write(target);
    }

    @Override
    public Notice deserialize(DataInputView source) throws IOException {
      return read(source);
    }
  }
}
