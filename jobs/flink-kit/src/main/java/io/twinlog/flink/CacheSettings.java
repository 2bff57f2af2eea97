// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.Serializable;

/**
 * How much a {@link KeyCache} holds.
 *
 * @param bytesMax heap that the cache of a subtask may take, about; 0: there is no cache
 * @param dirtyMax keys that may differ from RocksDB at any time
 * @param dirtyAtBarrier of these, as many are meant to be left when a barrier comes
 * @param barrierIntervalMillis between two checkpoints; 0: nobody knows
 * @param group inputs whose keys are fetched from main memory together; 1: each by itself
 */
public record CacheSettings(
    long bytesMax, int dirtyMax, int dirtyAtBarrier, long barrierIntervalMillis, int group)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Every value is read from RocksDB and written to it at once. */
  public static final CacheSettings OFF = new CacheSettings(0, 1, 0, 0, 1);

  boolean isOff() {
    return bytesMax == 0;
  }

  /** Inputs of a group: without a cache there is nothing to be fetched. */
  int grouped() {
    return isOff() ? 1 : group;
  }
}
