// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.schemas.Event;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.handler.HandledFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A record of an inbox as {@link InboxReader} hands it on: its bytes, its place, and its time.
 *
 * @param key aggregate id; empty: it had none
 * @param type event type or command name, from the header
 * @param place where it stands in the inbox
 * @param source the source partition that it came from, as {@code topic id/partition}
 * @param rules version of the rules in force at it
 * @param flags from the header, comma-separated
 * @param traceparent null: none
 * @param redrive which attempt at it this is, from the header; empty: the first
 * @param failed how its handler failed at the router, from the header; empty: it did not
 * @param frontier the clock that every source partition has passed at this place; {@link
 *     Frontier#NONE}: not known
 * @param fault why nobody of Twinlog can have written it; empty: somebody has
 * @param upstream null: the router wrote it
 */
public record InboxRecord(
    String key,
    byte[] value,
    String type,
    Place place,
    String source,
    LogClock clock,
    long rules,
    String flags,
    String traceparent,
    String redrive,
    String failed,
    long frontier,
    String fault,
    Upstream upstream) {

  /**
   * Where a record stands among those that another job has written of one of its keys: its origin
   * there, or of a second stage its version. {@link #source} says which job's, and of which
   * partition.
   */
  public record Upstream(long offset, int index) implements Comparable<Upstream> {
    private static final Comparator<Upstream> ORDER =
        Comparator.comparingLong(Upstream::offset).thenComparingInt(Upstream::index);

    @Override
    public int compareTo(Upstream other) {
      return ORDER.compare(this, other);
    }
  }

  /** A record of the router. */
  public InboxRecord(
      String key,
      byte[] value,
      String type,
      Place place,
      String source,
      LogClock clock,
      long rules,
      String flags,
      String traceparent,
      String redrive,
      String failed,
      long frontier,
      String fault) {
    this(
        key,
        value,
        type,
        place,
        source,
        clock,
        rules,
        flags,
        traceparent,
        redrive,
        failed,
        frontier,
        fault,
        null);
  }

  /**
   * The same, of a second stage, whose origins are in no order: its version says where it stands.
   *
   * @throws IllegalArgumentException when the version is none
   */
  InboxRecord versioned(String writer, byte[] version) {
    long number = Long.parseLong(new String(version, StandardCharsets.US_ASCII));
    return new InboxRecord(
        key,
        value,
        type,
        place,
        writer,
        clock,
        rules,
        flags,
        traceparent,
        redrive,
        failed,
        frontier,
        fault,
        new Upstream(number, 0));
  }

  /** Whether it is tried again because that job wrote a dead letter of it. */
  public boolean isRedriveOf(String job) {
    return !redrive.isEmpty() && redrive.endsWith("/" + job);
  }

  /**
   * The same input, as something else: what its handler made of it.
   *
   * @param value the output's bytes
   * @param timestamp of the event that was handled
   */
  InboxRecord handled(Event output, byte[] value, Instant timestamp) {
    return new InboxRecord(
        key,
        value,
        output.getEventType(),
        place,
        source,
        clock,
        rules,
        HandledFlags.of(output, timestamp, flags, clock.wall()),
        output.getMetadata().getTraceparent(),
        redrive,
        "",
        frontier,
        fault,
        upstream);
  }

  /** A place in an inbox. */
  public record Place(int partition, long offset) {}

  public static final TypeInformation<InboxRecord> TYPE =
      new RecordTypeInfo<>(InboxRecord.class, new Serializer());

  /**
   * For the shuffle by key, and for what waits. What is seldom there takes a bit where it is not;
   * texts of which there are few are read as the strings that are known.
   */
  public static final class Serializer extends ImmutableSerializer<InboxRecord> {
    private static final int TRACEPARENT = 1;
    private static final int FLAGS = 2;
    private static final int REDRIVE = 4;
    private static final int FAILED = 8;
    private static final int FAULT = 16;
    private static final int UPSTREAM = 32;

    private transient KnownTexts known;
    private transient byte[] text;
    private transient LogClock last;

    /** What it remembers is not for threads to share. */
    @Override
    public Serializer duplicate() {
      return new Serializer();
    }

    @Override
    public void serialize(InboxRecord record, DataOutputView target) throws IOException {
      Bytes.writeText(record.key, target);
      Bytes.write(record.value, target);
      Bytes.writeText(record.type, target);
      target.writeInt(record.place.partition);
      target.writeLong(record.place.offset);
      Bytes.writeText(record.source, target);
      target.writeInt(record.clock.epoch());
      target.writeLong(record.clock.clock());
      target.writeLong(record.clock.wall());
      target.writeLong(record.rules);
      target.writeLong(record.frontier);
      target.writeByte(there(record));
      writeIfThere(record.traceparent, target);
      writeIfThere(record.flags, target);
      writeIfThere(record.redrive, target);
      writeIfThere(record.failed, target);
      writeIfThere(record.fault, target);
      if (record.upstream != null) {
        target.writeLong(record.upstream.offset);
        target.writeInt(record.upstream.index);
      }
    }

    private static int there(InboxRecord record) {
      return (record.traceparent == null ? 0 : TRACEPARENT)
          | (record.flags.isEmpty() ? 0 : FLAGS)
          | (record.redrive.isEmpty() ? 0 : REDRIVE)
          | (record.failed.isEmpty() ? 0 : FAILED)
          | (record.fault.isEmpty() ? 0 : FAULT)
          | (record.upstream == null ? 0 : UPSTREAM);
    }

    private static void writeIfThere(String text, DataOutputView target) throws IOException {
      if (text != null && !text.isEmpty()) {
        Bytes.writeText(text, target);
      }
    }

    @Override
    public InboxRecord deserialize(DataInputView source) throws IOException {
      String key = Bytes.readText(source);
      byte[] value = Bytes.read(source);
      String type = known(source);
      Place place = new Place(source.readInt(), source.readLong());
      String from = known(source);
      LogClock clock = clock(source.readInt(), source.readLong(), source.readLong());
      long rules = source.readLong();
      long frontier = source.readLong();
      int there = source.readByte();
      String traceparent = (there & TRACEPARENT) == 0 ? null : Bytes.readText(source);
      String flags = (there & FLAGS) == 0 ? "" : known(source);
      String redrive = (there & REDRIVE) == 0 ? "" : Bytes.readText(source);
      String failed = (there & FAILED) == 0 ? "" : Bytes.readText(source);
      String fault = (there & FAULT) == 0 ? "" : Bytes.readText(source);
      Upstream upstream =
          (there & UPSTREAM) == 0 ? null : new Upstream(source.readLong(), source.readInt());
      return new InboxRecord(
          key,
          value,
          type,
          place,
          from,
          clock,
          rules,
          flags,
          traceparent,
          redrive,
          failed,
          frontier,
          fault,
          upstream);
    }

    /** The same object as long as no tick came in between. */
    private LogClock clock(int epoch, long clock, long wall) {
      if (last == null || !last.is(epoch, clock, wall)) {
        last = new LogClock(epoch, clock, wall);
      }
      return last;
    }

    private String known(DataInputView source) throws IOException {
      if (known == null) {
        known = new KnownTexts();
        text = new byte[64];
      }
      int length = source.readInt();
      if (length > text.length) {
        text = new byte[2 * length];
      }
      source.readFully(text, 0, length);
      return known.of(text, 0, length);
    }
  }
}
