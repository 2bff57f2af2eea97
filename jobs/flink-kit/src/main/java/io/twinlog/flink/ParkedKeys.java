// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/**
 * The keys of a subtask that wait, and what waits with them. The keys are known on the heap, from
 * RocksDB at the start, by their key group: whether one more may wait must not depend on the
 * parallelism.
 */
final class ParkedKeys implements HeldRecords {
  private final RocksStore<?, ?> store;
  private final KeyedStateBackend<String> backend;
  private final int keysOfGroupMax;
  private final int keyGroups;
  private final Map<Integer, Set<String>> keys = new HashMap<>();
  private int size;

  /** Reads which keys wait. */
  ParkedKeys(
      RocksStore<?, ?> store,
      KeyedStateBackend<String> backend,
      int keyGroups,
      ParkingSettings settings) {
    this.store = store;
    this.backend = backend;
    this.keyGroups = keyGroups;
    this.keysOfGroupMax = settings.keysOfGroupMax(keyGroups);
    try (Stream<String> waiting = backend.getKeys(RocksStore.PARKED, VoidNamespace.INSTANCE)) {
      waiting.forEach(this::waits);
    }
  }

  private Set<String> group(String key) {
    int group = KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups);
    return keys.computeIfAbsent(group, g -> new HashSet<>());
  }

  private void waits(String key) {
    size += group(key).add(key) ? 1 : 0;
  }

  int size() {
    return size;
  }

  @Override
  public boolean hasRoom(String key) {
    return group(key).size() < keysOfGroupMax;
  }

  @Override
  public boolean holds(String key) {
    return group(key).contains(key);
  }

  @Override
  public void add(InboxRecord record) throws IOException {
    store.addParked(record);
    waits(record.key());
  }

  @Override
  public List<InboxRecord> all() throws IOException {
    return store.readParked();
  }

  @Override
  public void replace(List<InboxRecord> records) throws IOException {
    store.writeParked(records);
    waits(backend.getCurrentKey());
  }

  @Override
  public void clear() throws IOException {
    store.clearParked();
    size -= group(backend.getCurrentKey()).remove(backend.getCurrentKey()) ? 1 : 0;
  }
}
