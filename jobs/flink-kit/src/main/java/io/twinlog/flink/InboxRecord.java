// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.LogClock;
import java.io.IOException;
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
 * @param fault why it is no record of a router; empty: it is one
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
    String fault) {

  /** The same input, as something else: what its handler made of it. */
  InboxRecord handled(byte[] output, String outputType) {
    return new InboxRecord(
        key,
        output,
        outputType,
        place,
        source,
        clock,
        rules,
        "",
        traceparent,
        redrive,
        "",
        frontier,
        fault);
  }

  /** A place in an inbox. */
  public record Place(int partition, long offset) {}

  public static final TypeInformation<InboxRecord> TYPE =
      new RecordTypeInfo<>(InboxRecord.class, new Serializer());

  /** For the shuffle by key. */
  public static final class Serializer extends ImmutableSerializer<InboxRecord> {
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
      Bytes.writeText(record.flags, target);
      target.writeBoolean(record.traceparent != null);
      if (record.traceparent != null) {
        Bytes.writeText(record.traceparent, target);
      }
      Bytes.writeText(record.redrive, target);
      Bytes.writeText(record.failed, target);
      target.writeLong(record.frontier);
      Bytes.writeText(record.fault, target);
    }

    @Override
    public InboxRecord deserialize(DataInputView source) throws IOException {
      return new InboxRecord(
          Bytes.readText(source),
          Bytes.read(source),
          Bytes.readText(source),
          new Place(source.readInt(), source.readLong()),
          Bytes.readText(source),
          new LogClock(source.readInt(), source.readLong(), source.readLong()),
          source.readLong(),
          Bytes.readText(source),
          source.readBoolean() ? Bytes.readText(source) : null,
          Bytes.readText(source),
          Bytes.readText(source),
          source.readLong(),
          Bytes.readText(source));
    }
  }
}
