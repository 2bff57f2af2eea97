// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.GroupNews.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group of alerts for one target. Clocks are in ms.
 *
 * @param key of the group
 * @param opened clock of its first alert; with the key its id
 * @param openedAt the same in log time, epoch ms
 * @param members the first ones, as many as may be listed
 * @param counts of all its alerts, those that are not listed too
 * @param folded whether there were too many to list, since it opened
 * @param number of its last notification; 0: there was none
 * @param sentAt clock of it
 * @param flushAt clock at which something is due; {@link io.twinlog.domain.Aggregate#NEVER}
 * @param due what has changed since the last one
 * @param last what was told by it
 */
public record GroupState(
    String key,
    String target,
    SortedMap<String, String> labels,
    long opened,
    long openedAt,
    List<Listed> members,
    Counts counts,
    boolean folded,
    int number,
    long sentAt,
    long flushAt,
    Due due,
    Last last,
    Grouping grouping) {

  /**
   * An alert that is listed.
   *
   * @param told its level as people were told that it is there; null: they were not
   * @param overAt log time at which it was over, epoch ms; 0: it is not
   */
  public record Listed(Member alert, Standing standing, Severity told, long overAt) {
    boolean notified() {
      return told != null;
    }
  }

  /**
   * How many alerts there are.
   *
   * @param bySeverity of those that people see
   */
  public record Counts(int firing, int acknowledged, int muted, List<Integer> bySeverity) {
    static final Counts NONE = new Counts(0, 0, 0, List.of(0, 0, 0, 0));

    public Counts {
      bySeverity = List.copyOf(bySeverity);
    }

    /** Those that people see. */
    public int seen() {
      return firing + acknowledged;
    }

    int all() {
      return seen() + muted;
    }

    /** The worst of those that people see; the mildest where there is none. */
    public Severity worst() {
      for (int i = bySeverity.size() - 1; i > 0; i--) {
        if (bySeverity.get(i) > 0) {
          return Severity.values()[i];
        }
      }
      return Severity.LOW;
    }

    private Counts add(Standing standing, Severity severity, int by) {
      List<Integer> next = new ArrayList<>(bySeverity);
      if (standing.isSeen()) {
        next.set(severity.ordinal(), next.get(severity.ordinal()) + by);
      }
      return new Counts(
          firing + (standing == Standing.FIRING ? by : 0),
          acknowledged + (standing == Standing.ACKNOWLEDGED ? by : 0),
          muted + (standing == Standing.MUTED ? by : 0),
          next);
    }

    Counts moved(GroupNews news) {
      return add(news.from(), news.fromSeverity(), -1).add(news.to(), news.alert().severity(), 1);
    }
  }

  /**
   * What is to be told.
   *
   * @param fresh alerts that nobody was told of
   * @param reminder whether one is to be told of once more
   * @param step the highest that brought one here
   * @param resolved alerts that were told of and are over, those that are not listed too
   */
  public record Due(int fresh, boolean reminder, boolean urgent, int step, int resolved) {
    static final Due NOTHING = new Due(0, false, false, 0, 0);
  }

  /** What people know of the group. */
  public record Last(int seen, Severity worst) {
    static final Last NOTHING = new Last(0, Severity.LOW);
  }

  public GroupState {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    members = List.copyOf(members);
  }

  static GroupState none(String key) {
    return new GroupState(
        key,
        "",
        new TreeMap<>(),
        -1,
        0,
        List.of(),
        Counts.NONE,
        false,
        0,
        0,
        NEVER,
        Due.NOTHING,
        Last.NOTHING,
        Grouping.DEFAULT);
  }
}
