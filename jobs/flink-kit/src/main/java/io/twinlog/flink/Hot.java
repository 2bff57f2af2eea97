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

  /** Releases before 0.3.0: numbers of fixed length, no parking. Read for ever. */
  private static final byte LAYOUT_FIXED = 1;

  /** Releases before 0.5.0: no marks of other jobs. Read for ever. */
  private static final byte LAYOUT_UNMARKED = 2;

  private static final byte LAYOUT = 3;
  private static final int WAITS = 1;
  private static final int TOLD = 2;
  private static final long SHARED_MILLIS = 24L * 60 * 60 * 1000;

  private int partition;
  private long offset = -1;

  /** The next index among the outputs of the record at {@link #place}. */
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

  /**
   * Until this clock results of commands are kept, and what tells repeats of other jobs; 0: none
   * are.
   */
  long resultsUntil;

  /** What the key waits for; null: it does not wait. */
  Waiting waiting;

  /**
   * The clock of the last redrive or retry, at which second stages have heard of what waited; null:
   * there was none, or the key has been through later things since. They hear of what follows no
   * earlier: it may well be older, such as a deadline that was due meanwhile.
   */
  LogClock released;

  RecentIds ids;

  UpstreamMarks upstream = UpstreamMarks.NONE;

  V vitals;

  /**
   * A key whose input failed, and everything later of it.
   *
   * @param records that are held
   * @param attempts how often the first of them has failed
   * @param retryAt clock of the next attempt; {@link io.twinlog.domain.Aggregate#NEVER}: only when
   *     it is redriven
   */
  record Waiting(int records, int attempts, long retryAt) {}

  Hot(int idsMax, V vitals) {
    this.ids = new RecentIds(idsMax);
    this.vitals = vitals;
  }

  /**
   * Becomes as the other one is now. The ids are shared: they are added to last, when nothing can
   * fail any more.
   */
  void set(Hot<V> other) {
    partition = other.partition;
    offset = other.offset;
    nextIndex = other.nextIndex;
    epoch = other.epoch;
    moment = other.moment;
    rules = other.rules;
    home = other.home;
    sharedUntil = other.sharedUntil;
    timer = other.timer;
    resultsUntil = other.resultsUntil;
    waiting = other.waiting;
    released = other.released;
    ids = other.ids;
    upstream = other.upstream;
    vitals = other.vitals;
  }

  /**
   * Another job has told of the key. What it repeats after an outage of its own is known for so
   * long, even where nothing else is left of the key.
   */
  void heardUpstream(InboxRecord record, long keptMillis) {
    upstream = upstream.with(record);
    resultsUntil = Math.max(resultsUntil, record.clock().clock() + keptMillis);
  }

  /** Of the last record applied: with {@link #nextIndex}, the origin of a deadline's outputs. */
  InboxRecord.Place place() {
    return new InboxRecord.Place(partition, offset);
  }

  void place(InboxRecord.Place place) {
    partition = place.partition();
    offset = place.offset();
  }

  boolean isAt(InboxRecord.Place place) {
    return partition == place.partition() && offset == place.offset();
  }

  /** Bytes on the heap, about; the vitals are a guess. */
  int heapBytes() {
    return 512 + 2 * home.length() + ids.heapBytes();
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
    LogClock latest =
        clock.clock() >= moment.clock()
            ? clock
            : new LogClock(epoch, moment.clock(), moment.logTime());
    return released == null ? latest : Turn.later(released, latest);
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
    VarLong.write(partition, out);
    VarLong.write(offset, out);
    VarLong.write(nextIndex, out);
    VarLong.write(epoch, out);
    VarLong.write(moment.clock(), out);
    VarLong.write(moment.logTime(), out);
    VarLong.write(rules, out);
    out.writeUTF(home);
    VarLong.write(sharedUntil, out);
    VarLong.write(timer == NO_TIMER ? -1 : timer, out);
    VarLong.write(resultsUntil, out);
    writeParking(out);
    ids.write(out);
    upstream.write(out);
    codec.write(vitals, out);
    return out.getCopyOfBuffer();
  }

  private void writeParking(DataOutputSerializer out) throws IOException {
    boolean told = released != null && released.clock() > moment.clock();
    out.writeByte((waiting == null ? 0 : WAITS) | (told ? TOLD : 0));
    if (waiting != null) {
      VarLong.write(waiting.records, out);
      VarLong.write(waiting.attempts, out);
      VarLong.write(waiting.retryAt, out);
    }
    if (told) {
      VarLong.write(released.epoch(), out);
      VarLong.write(released.clock(), out);
      VarLong.write(released.wall(), out);
    }
  }

  static <V> Hot<V> decode(byte[] bytes, int idsMax, BinaryCodec<V> codec) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    byte layout = in.readByte();
    if (layout == LAYOUT_FIXED) {
      return decodeFixed(in, idsMax, codec);
    }
    if (layout != LAYOUT && layout != LAYOUT_UNMARKED) {
      throw new IOException(
          "hot state has layout " + layout + "; this build reads up to " + LAYOUT);
    }
    Hot<V> hot = new Hot<>(0, null);
    hot.partition = VarLong.readInt(in);
    hot.offset = VarLong.read(in);
    hot.nextIndex = VarLong.readInt(in);
    hot.epoch = VarLong.readInt(in);
    hot.moment = new Moment(VarLong.read(in), VarLong.read(in));
    hot.rules = VarLong.read(in);
    hot.home = in.readUTF();
    hot.sharedUntil = VarLong.read(in);
    long timer = VarLong.read(in);
    hot.timer = timer < 0 ? NO_TIMER : timer;
    hot.resultsUntil = VarLong.read(in);
    hot.readParking(in);
    hot.ids = RecentIds.read(in, idsMax);
    if (layout != LAYOUT_UNMARKED) {
      hot.upstream = UpstreamMarks.read(in);
    }
    hot.vitals = codec.read(in);
    return hot;
  }

  private void readParking(DataInputDeserializer in) throws IOException {
    int parking = in.readByte();
    if ((parking & WAITS) != 0) {
      waiting = new Waiting(VarLong.readInt(in), VarLong.readInt(in), VarLong.read(in));
    }
    if ((parking & TOLD) != 0) {
      released = new LogClock(VarLong.readInt(in), VarLong.read(in), VarLong.read(in));
    }
  }

  private static <V> Hot<V> decodeFixed(DataInputDeserializer in, int idsMax, BinaryCodec<V> codec)
      throws IOException {
    Hot<V> hot = new Hot<>(0, null);
    hot.partition = in.readInt();
    hot.offset = in.readLong();
    hot.nextIndex = in.readInt();
    hot.epoch = in.readInt();
    hot.moment = new Moment(in.readLong(), in.readLong());
    hot.rules = in.readLong();
    hot.home = in.readUTF();
    hot.sharedUntil = in.readLong();
    hot.timer = in.readLong();
    hot.resultsUntil = in.readLong();
    hot.ids = RecentIds.readFixed(in, idsMax);
    hot.vitals = codec.read(in);
    return hot;
  }
}
