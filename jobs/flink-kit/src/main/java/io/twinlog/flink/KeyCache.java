// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The working set of a subtask: the keys that had an input of late, decoded on the heap, in front
 * of RocksDB. What changed is written back when its key is pushed out, before each barrier, and in
 * between so that little is left for the barrier; so a snapshot is RocksDB's own, and a restore
 * knows nothing of the cache.
 *
 * <p>Bounded in bytes, and in entries that differ from RocksDB ("dirty"). The latter also bounds
 * the pause before a barrier. Between two barriers most keys change more than once: so they are not
 * written back at once, but, oldest first, a few with each input, from when there is just enough
 * time left before the next barrier, as {@link BarrierForecast} tells.
 */
final class KeyCache<S, V> {
  /** The more, the later it begins, and the fewer keys change again before the barrier comes. */
  private static final int WRITTEN_BACK_AT_ONCE = 8;

  /** Of so many writes at a barrier the mean tells what one takes. */
  private static final int WORTH_LEARNING = 100;

  /** How much a write counts in what one is expected to take. */
  private static final double WEIGHT = 0.01;

  private final KeyEntry.Store<S, V> store;
  private final CacheSettings settings;
  private final Consumer<String> currentKey;
  // In the order in which they came, or had their second chance: an order of use would touch the
  // neighbours of each entry that is used, and most of them are in no cache of the processor.
  private final Map<String, KeyEntry<S, V>> entries = new LinkedHashMap<>();
  // Those that were written in another way stay in the line, empty, until they come to its head.
  private final Deque<KeyEntry<S, V>> line = new ArrayDeque<>();
  private int dirty;
  private double writeMillis = 0.02;
  private final BarrierForecast forecast;
  private long bytes;

  /**
   * @param currentKey sets the key whose values the store reads and writes
   * @param millis a clock, to tell when the next barrier comes
   */
  KeyCache(
      KeyEntry.Store<S, V> store,
      CacheSettings settings,
      Consumer<String> currentKey,
      LongSupplier millis) {
    this.store = store;
    this.settings = settings;
    this.currentKey = currentKey;
    this.forecast = new BarrierForecast(settings.barrierIntervalMillis(), millis);
  }

  /** The values of a key, which is the store's current one. */
  KeyEntry<S, V> get(String key) throws IOException {
    KeyEntry<S, V> entry = entries.get(key);
    return entry == null ? new KeyEntry<>(key, store) : entry;
  }

  /** The same of a key that is here; null: it is not. The store is not asked. */
  KeyEntry<S, V> peek(String key) {
    return entries.get(key);
  }

  /**
   * Takes an entry back after the work on an input of its key, which is the store's current one.
   */
  void put(KeyEntry<S, V> entry) throws IOException {
    entry.settle();
    forecast.input();
    if (settings.isOff() || entry.isCleared()) {
      entry.flush();
      unqueue(entry);
      remove(entry);
      return;
    }
    keep(entry);
    if (entry.isDirty() && !entry.queued) {
      entry.queued = true;
      dirty++;
      line.addLast(entry);
    }
    boolean moved = evict(entry) | writeBack();
    if (moved) {
      currentKey.accept(entry.key());
    }
  }

  private void unqueue(KeyEntry<S, V> entry) {
    if (entry.queued) {
      entry.queued = false;
      dirty--;
    }
  }

  private void remove(KeyEntry<S, V> entry) {
    if (entry.counted > 0) {
      entries.remove(entry.key());
      bytes -= entry.counted;
      entry.counted = 0;
    }
  }

  private void keep(KeyEntry<S, V> entry) {
    if (entry.counted == 0) {
      entries.put(entry.key(), entry);
    }
    entry.used = true;
    int now = entry.heapBytes();
    bytes += now - entry.counted;
    entry.counted = now;
  }

  /**
   * Pushes out the oldest that was not used since it was last looked at (second chance), but never
   * {@code current}.
   */
  private boolean evict(KeyEntry<S, V> current) throws IOException {
    boolean moved = false;
    while (bytes > settings.bytesMax() && entries.size() > 1) {
      Iterator<KeyEntry<S, V>> oldest = entries.values().iterator();
      KeyEntry<S, V> entry = oldest.next();
      oldest.remove();
      if (entry.used || entry == current) {
        entry.used = false;
        entries.put(entry.key(), entry);
        continue;
      }
      bytes -= entry.counted;
      entry.counted = 0;
      if (entry.isDirty()) {
        currentKey.accept(entry.key());
        entry.flush();
        unqueue(entry);
        moved = true;
      }
      entry.letGo();
    }
    return moved;
  }

  private boolean writeBack() throws IOException {
    int over = dirty - settings.dirtyAtBarrier();
    boolean near = over > 0 && forecast.isTimeFor(over, WRITTEN_BACK_AT_ONCE, writeMillis);
    int most = near ? WRITTEN_BACK_AT_ONCE : dirty > settings.dirtyMax() ? 1 : 0;
    boolean moved = false;
    for (int i = 0; i < most && !line.isEmpty(); i++) {
      KeyEntry<S, V> entry = line.removeFirst();
      // One that is not queued was written before, when it was pushed out.
      if (entry.queued) {
        double took = Stopwatch.millis(() -> writeBack(entry));
        writeMillis += WEIGHT * (took - writeMillis);
        moved = true;
      }
    }
    return moved;
  }

  private void writeBack(KeyEntry<S, V> entry) throws IOException {
    unqueue(entry);
    currentKey.accept(entry.key());
    entry.flush();
  }

  /** Writes back all that is dirty: a barrier comes. */
  void flush() throws IOException {
    int written = dirty;
    double took = Stopwatch.millis(this::writeBackAll);
    if (written >= WORTH_LEARNING) {
      writeMillis = took / written;
    }
    forecast.barrier();
  }

  private void writeBackAll() throws IOException {
    while (!line.isEmpty()) {
      KeyEntry<S, V> entry = line.removeFirst();
      if (entry.queued) {
        writeBack(entry);
      }
    }
  }

  /** Lets go of all and writes nothing: what is newer than RocksDB is gone, as in a crash. */
  void release() {
    entries.clear();
    line.clear();
    dirty = 0;
    bytes = 0;
  }

  int size() {
    return entries.size();
  }

  long bytes() {
    return bytes;
  }

  int dirty() {
    return dirty;
  }
}
