// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a group hears of one of its alerts.
 *
 * @param target who the group is for
 * @param step that brought it here, counted from 1
 * @param called whether it is to be told of once more
 * @param from how it stood before
 * @param to how it stands now
 * @param fromSeverity its level before
 * @param alert as it is now
 * @param overAt log time at which it was over, epoch ms; 0: it is not
 */
public record GroupNews(
    String target,
    int step,
    boolean urgent,
    boolean called,
    Standing from,
    Standing to,
    Severity fromSeverity,
    Member alert,
    Grouping grouping,
    long overAt) {

  /**
   * An alert as it is told of.
   *
   * @param severity its level
   * @param firstAt event time of its first error, epoch ms
   */
  public record Member(
      String alertId,
      long version,
      Severity severity,
      String source,
      String code,
      String message,
      SortedMap<String, String> labels,
      long firstAt,
      List<String> causes) {
    public Member {
      labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
      causes = List.copyOf(causes);
    }

    static Member of(AlertState state) {
      return new Member(
          state.key() + '-' + state.opening(),
          state.version(),
          state.level(),
          state.source(),
          state.code(),
          state.message(),
          state.labels(),
          state.firstAt(),
          state.causes());
    }
  }

  /** The labels that all alerts of the group share. */
  public SortedMap<String, String> groupLabels() {
    TreeMap<String, String> shared = new TreeMap<>();
    for (String label : grouping.by()) {
      String value = alert.labels().get(label);
      if (value != null) {
        shared.put(label, value);
      }
    }
    return shared;
  }

  /** What tells its group from all others. */
  public String groupKey() {
    StringBuilder key = new StringBuilder().append(target);
    for (Map.Entry<String, String> label : groupLabels().entrySet()) {
      String value = label.getValue();
      key.append('\t').append(label.getKey()).append('=');
      key.append(value.length()).append(':').append(value);
    }
    return key.toString();
  }
}
