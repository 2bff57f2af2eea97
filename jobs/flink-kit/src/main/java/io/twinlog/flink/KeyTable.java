// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.Arrays;

/**
 * The entries of {@link KeyCache} by key. A hash table whose chains run through the entries
 * themselves, as most of them are in no cache of the processor: each object between a key and its
 * values is a look into main memory. A hand that goes around the table, again and again, tells
 * which of them is to be pushed out.
 */
final class KeyTable<S, V> {
  private static final int FIRST_LENGTH = 64;

  private KeyEntry<S, V>[] slots = slots(FIRST_LENGTH);
  private int size;
  private int hand;

  @SuppressWarnings("unchecked") // there are no arrays of a type with parameters
  private static <S, V> KeyEntry<S, V>[] slots(int length) {
    return (KeyEntry<S, V>[]) new KeyEntry<?, ?>[length];
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 16) & slots.length - 1;
  }

  /** Null: there is none. */
  KeyEntry<S, V> get(String key) {
    int hash = key.hashCode();
    KeyEntry<S, V> entry = slots[slot(hash)];
    while (entry != null && !(entry.hash == hash && entry.key().equals(key))) {
      entry = entry.next;
    }
    return entry;
  }

  /** Adds one whose key has none. */
  void add(KeyEntry<S, V> entry) {
    if (size == slots.length) {
      grow();
    }
    putFirst(entry);
    size++;
  }

  private void putFirst(KeyEntry<S, V> entry) {
    int slot = slot(entry.hash);
    entry.next = slots[slot];
    slots[slot] = entry;
  }

  private void grow() {
    KeyEntry<S, V>[] before = slots;
    slots = slots(2 * before.length);
    for (KeyEntry<S, V> first : before) {
      KeyEntry<S, V> entry = first;
      while (entry != null) {
        KeyEntry<S, V> next = entry.next;
        putFirst(entry);
        entry = next;
      }
    }
  }

  /** Takes one away that is there. */
  void remove(KeyEntry<S, V> entry) {
    int slot = slot(entry.hash);
    if (slots[slot] == entry) {
      slots[slot] = entry.next;
    } else {
      KeyEntry<S, V> before = slots[slot];
      while (before.next != entry) {
        before = before.next;
      }
      before.next = entry.next;
    }
    entry.next = null;
    size--;
  }

  /**
   * Takes away the first that was not used since the hand came by last, but never {@code current}.
   * There is one beside it.
   */
  KeyEntry<S, V> pushOut(KeyEntry<S, V> current) {
    while (true) {
      for (KeyEntry<S, V> entry = slots[hand]; entry != null; entry = entry.next) {
        if (!entry.used && entry != current) {
          remove(entry);
          return entry;
        }
        entry.used = false;
      }
      hand = hand + 1 & slots.length - 1;
    }
  }

  void clear() {
    Arrays.fill(slots, null);
    size = 0;
  }

  int size() {
    return size;
  }
}
