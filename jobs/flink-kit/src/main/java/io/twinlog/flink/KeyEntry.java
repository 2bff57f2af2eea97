// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;

/**
 * The values of one key in memory, decoded: read from the store when first asked for, written back
 * by {@link #flush} and only where they changed. Between {@link #begin} and {@link #undo} nothing
 * has happened. Who keeps it, and when it is written, is for {@link KeyCache}.
 */
final class KeyEntry<S, V> implements AggregateBinding.StateNow<S> {
  /** Where the values are kept, for the current key. What it throws is never a rule's doing. */
  interface Store<S, V> {
    /** Null: there is none, and nothing else of the key either. */
    Hot<V> readHot() throws IOException;

    S readState(String key) throws IOException;

    RecentResults readResults() throws IOException;

    void writeHot(Hot<V> hot) throws IOException;

    /** Bytes of the vitals on the heap, beside those of a few numbers. */
    int heapBytes(V vitals);

    /** A state of version 0 is not kept. Returns the bytes that it takes. */
    int writeState(S state) throws IOException;

    void writeResults(RecentResults results) throws IOException;

    /** A new key's hot value; not written yet. */
    Hot<V> newHot();

    S newState(String key);

    void clear() throws IOException;
  }

  /** Bytes on the heap beside what the values take: the entry, its key, its place in the cache. */
  private static final int ENTRY_BYTES = 256;

  /** A decoded state takes about this, and so many times the bytes that it has encoded. */
  private static final int STATE_BYTES = 400;

  private static final int HEAP_PER_BYTE = 3;

  /** Of a state whose bytes nobody has seen yet. */
  private static final int ENCODED_BYTES_GUESS = 200;

  private final String key;
  private final Store<S, V> store;
  private Hot<V> hot;
  private S state;
  private RecentResults results;
  private boolean stored;
  private boolean cleared;
  private boolean hotDirty;
  private boolean stateDirty;
  private boolean resultsDirty;
  private boolean hotChanged;
  private int stateBytes = ENCODED_BYTES_GUESS;

  /** Whether it is one of those in the cache's line that must be written back. */
  boolean queued;

  /** Whether it was used since the cache last looked for one to push out. */
  boolean used;

  /** Bytes that the cache counts for it; 0: it does not hold it. */
  int counted;

  /** What it was when the work on an input began; one for all entries of a store. */
  static final class Before<S, V> {
    private Hot<V> hot;
    private S state;
    private RecentResults results;
    private boolean cleared;
    private boolean hotDirty;
    private boolean stateDirty;
    private boolean resultsDirty;
    private boolean hotChanged;
  }

  KeyEntry(String key, Store<S, V> store) throws IOException {
    this.key = key;
    this.store = store;
    this.hot = store.readHot();
    this.stored = hot != null;
    if (!stored) {
      hot = store.newHot();
    }
  }

  String key() {
    return key;
  }

  /** From here on, {@link #undo} leads back to here. */
  void begin(Before<S, V> before) {
    if (before.hot == null) {
      before.hot = store.newHot();
    }
    before.hot.set(hot);
    before.state = state;
    before.results = results;
    before.cleared = cleared;
    before.hotDirty = hotDirty;
    before.stateDirty = stateDirty;
    before.resultsDirty = resultsDirty;
    before.hotChanged = hotChanged;
  }

  /** Nothing has happened since {@link #begin}. */
  void undo(Before<S, V> before) {
    hot.set(before.hot);
    state = before.state;
    results = before.results;
    cleared = before.cleared;
    hotDirty = before.hotDirty;
    stateDirty = before.stateDirty;
    resultsDirty = before.resultsDirty;
    hotChanged = before.hotChanged;
  }

  /** The hot value; change it, and say so with {@link #hotChanged}. */
  Hot<V> hot() {
    return hot;
  }

  void hotChanged() {
    hotChanged = true;
    hotDirty = true;
  }

  @Override
  public S get() throws IOException {
    return state();
  }

  S state() throws IOException {
    if (state == null) {
      state = stored ? store.readState(key) : store.newState(key);
    }
    return state;
  }

  void state(S changed) {
    stateDirty |= changed != state;
    state = changed;
  }

  RecentResults results() throws IOException {
    if (results == null) {
      results = stored ? store.readResults() : new RecentResults();
    }
    return results;
  }

  void resultsChanged() {
    resultsDirty = true;
  }

  /** All results are too old to answer a repeat with. */
  void forgetResults() {
    results = new RecentResults();
    resultsDirty = true;
  }

  /** The key is over: all its values go. */
  void clear() {
    cleared = true;
  }

  /** After {@link #clear}: the key begins anew. A timer that is set stays, and is known. */
  void startOver() {
    Hot<V> ended = hot;
    cleared = false;
    hot = store.newHot();
    hot.place(ended.place());
    hot.nextIndex = ended.nextIndex;
    hot.timer = ended.timer;
    hot.epoch = ended.epoch;
    hot.moment = ended.moment;
    hot.released = ended.released;
    hot.rules = ended.rules;
    hot.upstream = ended.upstream;
    hotChanged();
    state(store.newState(key));
    forgetResults();
  }

  boolean isCleared() {
    return cleared;
  }

  /** Whether the input that is worked on has changed the hot value. */
  boolean isHotChanged() {
    return hotChanged;
  }

  /** The work on an input is over. */
  void settle() {
    hotChanged = false;
  }

  /** Whether the store has other values, or values of a key that is over. */
  boolean isDirty() {
    return cleared ? stored : hotDirty || stateDirty || resultsDirty;
  }

  /** Writes what changed. The store's current key must be this one. */
  void flush() throws IOException {
    if (cleared) {
      if (stored) {
        store.clear();
        stored = false;
      }
      return;
    }
    if (stateDirty) {
      stateBytes = store.writeState(state);
      stateDirty = false;
    }
    if (resultsDirty) {
      store.writeResults(results);
      resultsDirty = false;
    }
    if (hotDirty) {
      store.writeHot(hot);
      hotDirty = false;
      stored = true;
    }
  }

  /** Lets go of all values: they are written, and nobody will ask this entry for them again. */
  void letGo() {
    hot = null;
    state = null;
    results = null;
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    return ENTRY_BYTES
        + 2 * key.length()
        + hot.heapBytes()
        + store.heapBytes(hot.vitals)
        + (state == null ? 0 : STATE_BYTES + HEAP_PER_BYTE * stateBytes)
        + (results == null ? 0 : results.heapBytes());
  }
}
