// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.OutputTag;

/**
 * What one operator has counted of a window of offsets since its last tally.
 *
 * @param topic as on the broker
 * @param window offset of a record of it, divided by {@link #WINDOW}
 * @param readTo first offset that was not read yet; 0: the operator reads nothing
 * @param counts by {@link LedgerColumn}
 */
public record LedgerTally(String topic, int partition, long window, long readTo, long[] counts) {
  /** Offsets of a window. */
  public static final long WINDOW = 10_000;

  public static final TypeInformation<LedgerTally> TYPE =
      new RecordTypeInfo<>(LedgerTally.class, new Serializer());

  /** Where operators hand tallies on. */
  public static final OutputTag<LedgerTally> TALLIES = new OutputTag<>("tallies", TYPE);

  /** Name of the window, for the shuffle and as key of the topic {@code ledger}. */
  String key(String job) {
    return String.join(
        "/", job, topic, Integer.toString(partition), Long.toString(window * WINDOW));
  }

  /** For the shuffle to the ledger. */
  public static final class Serializer extends ImmutableSerializer<LedgerTally> {
    @Override
    public void serialize(LedgerTally tally, DataOutputView target) throws IOException {
      target.writeUTF(tally.topic);
      target.writeInt(tally.partition);
      target.writeLong(tally.window);
      target.writeLong(tally.readTo);
      for (long count : tally.counts) {
        target.writeLong(count);
      }
    }

    @Override
    public LedgerTally deserialize(DataInputView source) throws IOException {
      String topic = source.readUTF();
      int partition = source.readInt();
      long window = source.readLong();
      long readTo = source.readLong();
      long[] counts = new long[LedgerColumn.COUNT];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = source.readLong();
      }
      return new LedgerTally(topic, partition, window, readTo, counts);
    }
  }
}
