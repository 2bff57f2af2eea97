// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.ArrayList;
import java.util.List;

/**
 * Inputs that wait for a moment, to be worked on one after the other. Most of what an input costs
 * is to wait for main memory: of a key that was silent for some seconds, each object is a look
 * there, and tells where the next one is. The looks of several keys need not wait for each other;
 * so the processor does those of a whole group at once, before the first of them is worked on.
 *
 * <p>Nothing else comes of it: the inputs keep their order, and whoever ends the group, such as a
 * watermark or a barrier, comes behind all of them. Source: Chen, Ailamaki, Gibbons, Mowry:
 * Improving Hash Join Performance through Prefetching, ICDE 2004, "group prefetching".
 */
final class InputGroup<S, V> {
  /** Works one input off. */
  interface Work {
    void apply(InboxRecord input) throws Exception;
  }

  private final KeyCache<S, V> cache;
  private final int size;
  private final List<InboxRecord> inputs;
  private final List<KeyEntry<S, V>> entries;

  /** What was seen: else the compiler would leave the looks out. */
  private long seen;

  /** One of them has failed half-way, and the job with it. */
  private boolean broken;

  /**
   * @param size inputs of a group; 1: none waits
   */
  InputGroup(KeyCache<S, V> cache, int size) {
    this.cache = cache;
    this.size = size;
    this.inputs = new ArrayList<>(size);
    this.entries = new ArrayList<>(size);
  }

  void add(InboxRecord input) {
    inputs.add(input);
  }

  /** Whether there is no room for another one. */
  boolean isFull() {
    return inputs.size() >= size;
  }

  /**
   * Works all of them off. Where one throws, nothing is worked on any more: Flink goes on for a
   * moment after a timer has failed, and the inputs before it must not be applied again.
   */
  void work(Work work) throws Exception {
    if (broken) {
      throw new IllegalStateException("an input has failed, and the job has not ended yet");
    }
    if (inputs.size() > 1) {
      look();
    }
    broken = true;
    for (int i = 0; i < inputs.size(); i++) {
      work.apply(inputs.get(i));
    }
    inputs.clear();
    broken = false;
  }

  /**
   * Step by step: what a step of one key looks at is not what the same step of another waits for.
   */
  private void look() {
    for (int i = 0; i < inputs.size(); i++) {
      KeyEntry<S, V> entry = cache.peek(inputs.get(i).key());
      if (entry != null) {
        entries.add(entry);
      }
    }
    for (int i = 0; i < entries.size(); i++) {
      seen += entries.get(i).hot().nextIndex;
    }
    for (int i = 0; i < entries.size(); i++) {
      // It asks all parts of the key.
      seen += entries.get(i).heapBytes();
    }
    entries.clear();
  }
}
