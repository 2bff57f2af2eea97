// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;

/**
 * The values of one key while one of its inputs is worked on: read when first asked for, written
 * once at the end and only where they changed.
 */
final class KeyEntry<S, V> {
  /** Where the values are kept, for the current key. */
  interface Store<S, V> {
    /** Null: there is none. */
    Hot<V> readHot() throws IOException;

    S readState(String key) throws IOException;

    RecentResults readResults() throws IOException;

    void writeHot(Hot<V> hot) throws IOException;

    void writeState(S state) throws IOException;

    void writeResults(RecentResults results) throws IOException;

    /** A new key's hot value; not written yet. */
    Hot<V> newHot();

    void clear() throws IOException;
  }

  private final String key;
  private final Store<S, V> store;
  private Hot<V> hot;
  private S state;
  private RecentResults results;
  private boolean exists;
  private boolean hotChanged;
  private boolean stateChanged;
  private boolean resultsChanged;
  private boolean cleared;

  KeyEntry(String key, Store<S, V> store) throws IOException {
    this.key = key;
    this.store = store;
    this.hot = store.readHot();
    this.exists = hot != null;
    if (!exists) {
      hot = store.newHot();
    }
  }

  String key() {
    return key;
  }

  /** The hot value; change it, and say so with {@link #hotChanged}. */
  Hot<V> hot() {
    return hot;
  }

  void hotChanged() {
    hotChanged = true;
  }

  S state() throws IOException {
    if (state == null) {
      state = store.readState(key);
    }
    return state;
  }

  void state(S changed) {
    state = changed;
    stateChanged = true;
  }

  RecentResults results() throws IOException {
    if (results == null) {
      results = store.readResults();
    }
    return results;
  }

  void resultsChanged() {
    resultsChanged = true;
  }

  /** All results are too old to answer a repeat with. */
  void forgetResults() {
    results = new RecentResults();
    resultsChanged = true;
  }

  /** The key is over: all its values go. */
  void clear() {
    cleared = true;
  }

  /** After {@link #clear}: the key begins anew. A timer that is set stays, and is known. */
  void startOver() throws IOException {
    Hot<V> before = hot;
    long timer = hot.timer;
    store.clear();
    cleared = false;
    exists = true;
    stateChanged = false;
    resultsChanged = false;
    hot = store.newHot();
    hot.timer = timer;
    hot.epoch = before.epoch;
    hot.moment = before.moment;
    hotChanged = true;
    state = null;
    results = null;
  }

  boolean isCleared() {
    return cleared;
  }

  boolean isHotChanged() {
    return hotChanged;
  }

  /** Writes what changed. */
  void close() throws IOException {
    if (cleared) {
      if (exists) {
        store.clear();
      }
      return;
    }
    if (stateChanged) {
      store.writeState(state);
    }
    if (resultsChanged) {
      store.writeResults(results);
    }
    if (hotChanged) {
      store.writeHot(hot);
    }
  }
}
