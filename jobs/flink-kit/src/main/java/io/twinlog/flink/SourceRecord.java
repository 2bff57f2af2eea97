// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A record as it was read from Kafka: bytes, and where they came from. Kafka's timestamp is left
 * out, as no job may use it.
 *
 * @param topic name on the broker
 * @param key null: it had none
 * @param value null: it had none
 */
public record SourceRecord(
    String topic, int partition, long offset, byte[] key, byte[] value, List<Header> headers) {

  public static final TypeInformation<SourceRecord> TYPE =
      new RecordTypeInfo<>(SourceRecord.class, new Serializer());

  private static final byte[] TICK = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);

  /** Whether it calls itself a tick; what it holds is for its reader to see. */
  public boolean isTick() {
    return Arrays.equals(TICK, header(HeaderNames.TYPE));
  }

  /** The value of the last header of that name; null where there is none. */
  public byte[] header(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(name)) {
        return headers.get(i).value();
      }
    }
    return null;
  }

  /** For edges that Flink does not chain. */
  public static final class Serializer extends ImmutableSerializer<SourceRecord> {
    @Override
    public void serialize(SourceRecord record, DataOutputView target) throws IOException {
      target.writeUTF(record.topic);
      target.writeInt(record.partition);
      target.writeLong(record.offset);
      Bytes.write(record.key, target);
      Bytes.write(record.value, target);
      Bytes.writeHeaders(record.headers, target);
    }

    @Override
    public SourceRecord deserialize(DataInputView source) throws IOException {
      return new SourceRecord(
          source.readUTF(),
          source.readInt(),
          source.readLong(),
          Bytes.read(source),
          Bytes.read(source),
          Bytes.readHeaders(source));
    }
  }
}
