// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Flag;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.ScoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the flags of a trial against its truth. A flag of a metric with which something is wrong is
 * a hit, whatever it is; one of a metric with which something was wrong at most {@link
 * Timeline#AFTERMATH} records before is aftermath; all others are false. What costs time rather
 * than values ({@code late} and the like) is left out.
 */
public final class Comparison {
  /** All checks together: of a metric in a record one flag. */
  public static final String ANY = "any";

  public static final String REQUIRED = "required";

  /** Those that are compared, in order. */
  public static final List<String> CHECKS =
      List.of(
          Check.Range.NAME,
          Check.Usual.NAME,
          Check.Rate.NAME,
          Check.Outlier.NAME,
          Check.Stuck.NAME,
          REQUIRED);

  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final Bounds bounds;
  private long clean;

  private Comparison(QualityRules rules) {
    bounds = new Bounds(rules);
    CHECKS.forEach(check -> tallies.put(check, new Tally(check)));
    tallies.put(ANY, new Tally(ANY));
  }

  /** Of one trial, with the rules that judged it. */
  public static TrialFigures of(Trial.Setting setting, Trial trial, QualityRules rules) {
    Comparison comparison = new Comparison(rules);
    Map<String, List<Wrong>> wrongs = new TreeMap<>();
    trial
        .wrongs()
        .forEach(
            wrong -> wrongs.computeIfAbsent(wrong.device(), d -> new ArrayList<>()).add(wrong));
    byDevice(trial)
        .forEach(
            (device, records) ->
                comparison.device(records, wrongs.getOrDefault(device, List.of())));
    return new TrialFigures(
        setting,
        trial.records().size(),
        comparison.clean,
        trial.unreadable(),
        trial.repeats(),
        comparison.tallies.values().stream().map(Tally::figures).toList());
  }

  static Map<String, List<ScoredRecord>> byDevice(Trial trial) {
    Map<String, List<ScoredRecord>> records = new TreeMap<>();
    trial
        .records()
        .forEach(
            record ->
                records.computeIfAbsent(record.deviceId(), d -> new ArrayList<>()).add(record));
    return records;
  }

  private void device(List<ScoredRecord> records, List<Wrong> wrongs) {
    String model = records.get(0).model();
    for (Wrong wrong : wrongs) {
      tallies.forEach(
          (check, tally) ->
              tally.expect(
                  wrong, check.equals(ANY) ? Optional.empty() : bounds.sees(check, model, wrong)));
    }
    Timeline timeline = new Timeline(records, wrongs);
    for (int i = 0; i < timeline.records().size(); i++) {
      record(timeline, i);
    }
  }

  private void record(Timeline timeline, int index) {
    ScoredRecord record = timeline.records().get(index);
    clean += timeline.isClean(index) ? 1 : 0;
    Set<String> metrics = new HashSet<>();
    Set<String> checks = new HashSet<>();
    for (Flag flag : record.flags()) {
      if (tallies.containsKey(flag.check())) {
        checks.add(flag.check());
        count(tallies.get(flag.check()), timeline, index, flag.metric());
        if (metrics.add(flag.metric())) {
          checks.add(ANY);
          count(tallies.get(ANY), timeline, index, flag.metric());
        }
      }
    }
    if (timeline.isClean(index)) {
      checks.forEach(check -> tallies.get(check).falseRecord());
    }
  }

  private static void count(Tally tally, Timeline timeline, int index, String metric) {
    Optional<Wrong> wrong = timeline.wrong(index, metric);
    if (wrong.isPresent()) {
      tally.hit(wrong.get(), timeline.records().get(index).measurement().timestamp());
    } else if (timeline.isAftermath(index, metric)) {
      tally.aftermath();
    } else {
      tally.falseFlag();
    }
  }
}
