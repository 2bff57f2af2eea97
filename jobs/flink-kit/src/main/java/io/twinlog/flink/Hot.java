// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Moment;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.LogClock;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The one small value that every input of a key reads and writes: what the shell must remember of
 * the key, and the aggregate's vitals. Layout: docs/state.md.
 */
final class Hot<V> {
  /** No timer is set. */
  static final long NO_TIMER = Long.MAX_VALUE;

  private static final byte LAYOUT = 1;
  private static final long SHARED_MILLIS = 24L * 60 * 60 * 1000;

  /**
   * Place of the last record applied, and the next index among its outputs: the origin of a
   * deadline's outputs.
   */
  InboxRecord.Place place = new InboxRecord.Place(0, -1);

  int nextIndex;

  /** Latest moment of any record applied, or deadline passed. */
  int epoch;

  Moment moment = new Moment(0, 0);

  long rules;

  /** The source partition that the signs of life come from; empty: not known yet. */
  String home = "";

  /** Until this clock the key has had records of two source partitions. */
  long sharedUntil;

  /** Timestamp of the one timer that is set; {@link #NO_TIMER}: none. */
  long timer = NO_TIMER;

  /** Until this clock results of commands are kept; 0: none are. */
  long resultsUntil;

  RecentIds ids;

  V vitals;

  Hot(int idsMax, V vitals) {
    this.ids = new RecentIds(idsMax);
    this.vitals = vitals;
  }

  /**
   * The clock below which every deadline of the key comes before the record: the record's own where
   * the key's signs of life come from its source partition, else what all source partitions have
   * passed.
   */
  long limit(InboxRecord record) {
    boolean atHome = record.source().equals(home) && sharedUntil <= record.clock().clock();
    return atHome ? record.clock().clock() : record.frontier();
  }

  /** The later of {@code clock} and what the key has been through. */
  LogClock latest(LogClock clock) {
    return clock.clock() >= moment.clock()
        ? clock
        : new LogClock(epoch, moment.clock(), moment.logTime());
  }

  /** An event of the key came from the record's source partition. */
  void signOfLife(InboxRecord record) {
    if (!home.isEmpty() && !home.equals(record.source())) {
      sharedUntil = record.clock().clock() + SHARED_MILLIS;
    }
    home = record.source();
  }

  byte[] encode(BinaryCodec<V> codec, DataOutputSerializer out) throws IOException {
    out.clear();
    out.writeByte(LAYOUT);
    out.writeInt(place.partition());
    out.writeLong(place.offset());
    out.writeInt(nextIndex);
    out.writeInt(epoch);
    out.writeLong(moment.clock());
    out.writeLong(moment.logTime());
    out.writeLong(rules);
    out.writeUTF(home);
    out.writeLong(sharedUntil);
    out.writeLong(timer);
    out.writeLong(resultsUntil);
    ids.write(out);
    codec.write(vitals, out);
    return out.getCopyOfBuffer();
  }

  static <V> Hot<V> decode(byte[] bytes, int idsMax, BinaryCodec<V> codec) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("hot state has layout " + layout + "; this build reads " + LAYOUT);
    }
    Hot<V> hot = new Hot<>(0, null);
    hot.place = new InboxRecord.Place(in.readInt(), in.readLong());
    hot.nextIndex = in.readInt();
    hot.epoch = in.readInt();
    hot.moment = new Moment(in.readLong(), in.readLong());
    hot.rules = in.readLong();
    hot.home = in.readUTF();
    hot.sharedUntil = in.readLong();
    hot.timer = in.readLong();
    hot.resultsUntil = in.readLong();
    hot.ids = RecentIds.read(in, idsMax);
    hot.vitals = codec.read(in);
    return hot;
  }
}
