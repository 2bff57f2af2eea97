// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Header;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A record on its way to Kafka: ready bytes. The sink adds nothing and chooses nothing.
 *
 * @param topic name on the broker
 * @param key null: none
 * @param value null: a tombstone
 */
public record OutputRecord(
    String topic, int partition, byte[] key, byte[] value, List<Header> headers) {

  public static final TypeInformation<OutputRecord> TYPE =
      new RecordTypeInfo<>(OutputRecord.class, new Serializer());

  /** For edges that Flink does not chain. */
  public static final class Serializer extends ImmutableSerializer<OutputRecord> {
    @Override
    public void serialize(OutputRecord record, DataOutputView target) throws IOException {
      target.writeUTF(record.topic);
      target.writeInt(record.partition);
      Bytes.write(record.key, target);
      Bytes.write(record.value, target);
      Bytes.writeHeaders(record.headers, target);
    }

    @Override
    public OutputRecord deserialize(DataInputView source) throws IOException {
      return new OutputRecord(
          source.readUTF(),
          source.readInt(),
          Bytes.read(source),
          Bytes.read(source),
          Bytes.readHeaders(source));
    }
  }
}
