// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Records as numbers of a list; as many bytes as their results and texts make them, about. */
final class TestingForm implements RecordForm {
  private static final int SMALL = 100;

  private final List<ScoredRecord> records = new ArrayList<>();

  @Override
  public byte[] pack(ScoredRecord record) {
    records.add(record);
    return ByteBuffer.allocate(SMALL + record.result().length()).putInt(records.size() - 1).array();
  }

  @Override
  public ScoredRecord unpack(byte[] packed) {
    return records.get(ByteBuffer.wrap(packed).getInt());
  }
}
