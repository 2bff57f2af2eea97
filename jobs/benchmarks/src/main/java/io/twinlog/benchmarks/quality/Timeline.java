// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.telemetry.ScoredRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records of one device by event time, and what the truth says of each of its metrics. */
final class Timeline {
  /**
   * Records of the device after something was wrong in which flags of that metric are its
   * aftermath: the value jumps back, and the estimate believes it after so many.
   */
  static final int AFTERMATH = 8;

  private final List<ScoredRecord> records;
  private final Map<String, Wrong[]> wrongs = new HashMap<>();
  private final Map<String, BitSet> aftermaths = new HashMap<>();
  private final BitSet touched = new BitSet();

  Timeline(List<ScoredRecord> records, List<Wrong> wrongs) {
    this.records = new ArrayList<>(records);
    this.records.sort(Comparator.comparingLong(record -> record.measurement().timestamp()));
    wrongs.forEach(this::mark);
  }

  private void mark(Wrong wrong) {
    Wrong[] ofMetric = wrongs.computeIfAbsent(wrong.metric(), metric -> new Wrong[records.size()]);
    int last = -1;
    for (int i = from(wrong.begin()); i < records.size() && isBy(i, wrong.end()); i++) {
      if (wrong.id().isEmpty() || wrong.id().equals(records.get(i).measurement().eventId())) {
        ofMetric[i] = wrong;
        last = i;
      }
    }
    if (last >= 0) {
      int until = Math.min(records.size(), last + 1 + AFTERMATH);
      aftermaths.computeIfAbsent(wrong.metric(), m -> new BitSet()).set(last + 1, until);
      touched.set(from(wrong.begin()), until);
    }
  }

  private int from(long time) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.get(middle).measurement().timestamp() < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isBy(int index, long time) {
    return records.get(index).measurement().timestamp() <= time;
  }

  List<ScoredRecord> records() {
    return records;
  }

  /** What is wrong with the metric in a record. */
  Optional<Wrong> wrong(int index, String metric) {
    Wrong[] ofMetric = wrongs.get(metric);
    return ofMetric == null ? Optional.empty() : Optional.ofNullable(ofMetric[index]);
  }

  /** Whether something was wrong with the metric shortly before a record. */
  boolean isAftermath(int index, String metric) {
    return aftermaths.getOrDefault(metric, new BitSet()).get(index);
  }

  /** Whether nothing is wrong with any metric in a record, nor was shortly before. */
  boolean isClean(int index) {
    return !touched.get(index);
  }
}
