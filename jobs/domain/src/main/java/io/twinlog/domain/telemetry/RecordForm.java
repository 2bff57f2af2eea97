// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/** A record as it is kept, and written out. */
public interface RecordForm {
  byte[] pack(ScoredRecord record);

  ScoredRecord unpack(byte[] packed);

  /** Whether it is the record of this data id. */
  default boolean isOf(String dataId, byte[] packed) {
    return unpack(packed).dataId().equals(dataId);
  }
}
