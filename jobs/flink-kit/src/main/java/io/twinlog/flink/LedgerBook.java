// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts, on the heap of an operator, what it read and what became of it, by window of offsets; and
 * hands it on before each barrier, so that there is nothing to save. A count costs an addition.
 */
public final class LedgerBook {
  private final Map<String, Topic> topics = new TreeMap<>();
  private Topic last;

  /** The windows of a topic that have a count. */
  private static final class Topic {
    final String name;
    Window[] newest = new Window[8];
    final Map<Long, Window> older = new TreeMap<>();

    Topic(String name) {
      this.name = name;
    }

    Window newest(int partition) {
      if (partition >= newest.length) {
        newest = Arrays.copyOf(newest, partition + 8);
      }
      return newest[partition];
    }

    Window window(int partition, long number) {
      Window window = newest(partition);
      if (window != null && window.number == number) {
        return window;
      }
      if (window != null && window.number > number) {
        return older(partition, number);
      }
      if (window != null) {
        older.put(key(partition, window.number), window);
      }
      newest[partition] = older.remove(key(partition, number));
      if (newest[partition] == null) {
        newest[partition] = new Window(partition, number);
      }
      return newest[partition];
    }

    Window older(int partition, long number) {
      Window window = newest(partition);
      return window != null && window.number == number
          ? window
          : older.computeIfAbsent(key(partition, number), k -> new Window(partition, number));
    }

    private static long key(int partition, long number) {
      return ((long) partition << 44) | number;
    }

    LedgerTally tally(Window window) {
      return new LedgerTally(name, window.partition, window.number, window.readTo, window.counts);
    }
  }

  private static final class Window {
    final int partition;
    final long number;
    long[] counts = new long[LedgerColumn.COUNT];
    long readTo;

    Window(int partition, long number) {
      this.partition = partition;
      this.number = number;
    }

    /** All of it was read, whether its last offset holds a record or not. */
    Window closed() {
      readTo = (number + 1) * LedgerTally.WINDOW;
      return this;
    }
  }

  /** A record was read that must have an outcome. */
  public void read(String topic, int partition, long offset) {
    seen(topic, partition, offset, LedgerColumn.READ);
  }

  /** A tick was read: time, and nothing that could be lost. */
  public void tick(String topic, int partition, long offset) {
    seen(topic, partition, offset, LedgerColumn.TICK);
  }

  /** A record was read that had been read before, at another place. */
  public void repeat(String topic, int partition, long offset) {
    seen(topic, partition, offset, LedgerColumn.REPEAT);
  }

  private void seen(String name, int partition, long offset, LedgerColumn column) {
    Topic topic = topic(name);
    long number = offset / LedgerTally.WINDOW;
    Window newest = topic.newest(partition);
    if (newest != null && newest.number < number) {
      newest.closed();
    } else if (newest == null && number > 0) {
      // Who read the one before it may have been stopped at its end.
      topic.older(partition, number - 1).closed();
    }
    Window window = topic.window(partition, number);
    window.counts[column.ordinal()]++;
    window.readTo = Math.max(window.readTo, offset + 1);
  }

  /** What became of a record. */
  public void outcome(String topic, int partition, long offset, Outcome outcome) {
    Window window = topic(topic).window(partition, offset / LedgerTally.WINDOW);
    window.counts[LedgerColumn.of(outcome).ordinal()]++;
  }

  private Topic topic(String name) {
    if (last == null || !last.name.equals(name)) {
      last = topics.computeIfAbsent(name, Topic::new);
    }
    return last;
  }

  /** Hands all counts on, and begins anew. */
  public void handOn(Consumer<LedgerTally> to) {
    for (Topic topic : topics.values()) {
      topic.older.values().forEach(window -> to.accept(topic.tally(window)));
      topic.older.clear();
      for (Window window : topic.newest) {
        if (window != null && window.readTo + Arrays.stream(window.counts).sum() > 0) {
          to.accept(topic.tally(window));
          window.counts = new long[LedgerColumn.COUNT];
          window.readTo = 0;
        }
      }
    }
  }
}
