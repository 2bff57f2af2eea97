// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Outputs of an input that may still fail: none leaves the operator before all have been made. Of a
 * part that failed, what it made is dropped.
 */
final class Uncommitted {
  private final List<OutputRecord> records = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  private static final Mark NOTHING = new Mark(0, 0);

  /** How much there was at some time. */
  record Mark(int records, int notices) {}

  void add(OutputRecord record) {
    records.add(record);
  }

  void add(Notice notice) {
    notices.add(notice);
  }

  Mark mark() {
    return records.isEmpty() && notices.isEmpty()
        ? NOTHING
        : new Mark(records.size(), notices.size());
  }

  /** Drops what was added since. */
  void backTo(Mark mark) {
    records.subList(mark.records, records.size()).clear();
    notices.subList(mark.notices, notices.size()).clear();
  }

  /** Hands all on. */
  void commit(Consumer<OutputRecord> sink, Consumer<Notice> told) {
    if (!records.isEmpty()) {
      records.forEach(sink);
      records.clear();
    }
    if (!notices.isEmpty()) {
      notices.forEach(told);
      notices.clear();
    }
  }
}
