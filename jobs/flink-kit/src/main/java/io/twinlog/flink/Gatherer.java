// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Moment;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.LogClock;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What a second stage keeps of a key: the state of its rules, its timer, and the last notice that
 * was applied, whose place is the origin of what follows. Layout: docs/state.md.
 */
final class Gatherer<S> {
  /** No timer is set. */
  static final long NO_TIMER = Long.MAX_VALUE;

  private static final byte LAYOUT = 1;

  InboxRecord.Place place = new InboxRecord.Place(0, -1);

  /** The next index among the outputs of {@link #place}. */
  int nextIndex;

  LogClock clock = LogClock.UNKNOWN;
  long rules;

  /** Timestamp of the one timer for the key's own deadline. */
  long timer = NO_TIMER;

  S state;

  Gatherer(S state) {
    this.state = state;
  }

  /** The moment at {@code clock}, on the scale of the last notice. */
  Moment at(long clock) {
    return this.clock.moment().atClock(clock);
  }

  void heard(Notice notice) {
    if (!notice.place().equals(place)) {
      place = notice.place();
      nextIndex = 0;
    }
    clock = notice.clock();
    rules = Math.max(rules, notice.rules());
  }

  byte[] encode(BinaryCodec<S> codec, DataOutputSerializer out) throws IOException {
    out.clear();
    out.writeByte(LAYOUT);
    out.writeInt(place.partition());
    out.writeLong(place.offset());
    out.writeInt(nextIndex);
    out.writeInt(clock.epoch());
    out.writeLong(clock.clock());
    out.writeLong(clock.wall());
    out.writeLong(rules);
    out.writeLong(timer);
    codec.write(state, out);
    return out.getCopyOfBuffer();
  }

  static <S> Gatherer<S> decode(byte[] bytes, BinaryCodec<S> codec) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "a gathered state has layout " + layout + "; this build reads " + LAYOUT);
    }
    Gatherer<S> gatherer = new Gatherer<>(null);
    gatherer.place = new InboxRecord.Place(in.readInt(), in.readLong());
    gatherer.nextIndex = in.readInt();
    gatherer.clock = new LogClock(in.readInt(), in.readLong(), in.readLong());
    gatherer.rules = in.readLong();
    gatherer.timer = in.readLong();
    gatherer.state = codec.read(in);
    return gatherer;
  }
}
