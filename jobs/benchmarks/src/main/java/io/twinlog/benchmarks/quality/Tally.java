// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what one check, or any of them, found in a trial. It does not know why. */
final class Tally {
  private static final double SECOND = 1_000;

  private final String check;
  private final Map<Wrong, Long> firstFlags = new IdentityHashMap<>();
  private final Map<Wrong, Optional<Boolean>> visible = new IdentityHashMap<>();
  private long hits;
  private long aftermath;
  private long falseFlags;
  private long falseRecords;

  Tally(String check) {
    this.check = check;
  }

  /** There is something to be found. */
  void expect(Wrong wrong, Optional<Boolean> sees) {
    if (!wrong.open()) {
      visible.put(wrong, sees);
    }
  }

  void hit(Wrong wrong, long time) {
    hits++;
    firstFlags.merge(wrong, time, Math::min);
  }

  void aftermath() {
    aftermath++;
  }

  void falseFlag() {
    falseFlags++;
  }

  /** A record with which nothing is wrong was flagged. */
  void falseRecord() {
    falseRecords++;
  }

  CheckFigures figures() {
    List<KindFigures> kinds = new ArrayList<>();
    for (Wrong.Kind kind : Wrong.Kind.values()) {
      kinds.add(figures(kind));
    }
    return new CheckFigures(check, hits, aftermath, falseFlags, falseRecords, kinds);
  }

  private KindFigures figures(Wrong.Kind kind) {
    List<Wrong> all = visible.keySet().stream().filter(wrong -> wrong.kind() == kind).toList();
    List<Wrong> within = all.stream().filter(w -> visible.get(w).orElse(false)).toList();
    boolean told = all.stream().anyMatch(wrong -> visible.get(wrong).isPresent());
    List<Double> delays =
        all.stream()
            .filter(firstFlags::containsKey)
            .map(wrong -> (firstFlags.get(wrong) - wrong.begin()) / SECOND)
            .toList();
    int foundWithin = (int) within.stream().filter(firstFlags::containsKey).count();
    return new KindFigures(
        kind.text(),
        all.size(),
        delays.size(),
        told ? within.size() : -1,
        told ? foundWithin : -1,
        delays);
  }
}
