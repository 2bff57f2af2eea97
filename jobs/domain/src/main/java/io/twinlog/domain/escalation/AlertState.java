// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert as its events tell it.
 *
 * @param key of (source, code)
 * @param version number of events
 * @param opening version at which it opened; with the key its id
 * @param severity of the worst error
 * @param level whose policy holds
 * @param levelSince clock at which it came there
 * @param steps of that level that were taken
 * @param policies version that it keeps to
 * @param labels at its opening
 * @param causes events that opened and raised it, oldest first; at most {@link #CAUSES_MAX}
 * @param firstAt event time of the error that opened it, epoch ms
 * @param toldAt clock at which the target was last told
 * @param target who was; empty: nobody
 * @param snoozedAt clock
 * @param snoozedUntil clock; 0: it is not
 * @param recovery where the attempts to recover are
 * @param resolvedAt clock; 0: it is not over
 * @param awaitedUntil clock at which it opens if its cause stays; 0: nothing is awaited
 */
public record AlertState(
    String key,
    long version,
    long opening,
    Phase phase,
    String source,
    String code,
    String message,
    Severity severity,
    Severity level,
    long levelSince,
    int steps,
    long policies,
    SortedMap<String, String> labels,
    List<String> causes,
    long firstAt,
    long toldAt,
    String target,
    String assignee,
    long snoozedAt,
    long snoozedUntil,
    Attempts recovery,
    long resolvedAt,
    long awaitedUntil) {
  /** Events that it names as its causes; the first and the newest ones. */
  public static final int CAUSES_MAX = 16;

  /** Where an alert is in its life. */
  public enum Phase {
    NONE,
    /** It opens if its cause stays. */
    PENDING,
    OPEN,
    ACKNOWLEDGED,
    LATCHED,
    RESOLVED,
    FORGOTTEN;

    /** Whether its cause is there, for all that is known. */
    boolean isLive() {
      return this == OPEN || this == ACKNOWLEDGED;
    }

    /** Whether there is an alert to be dealt with. */
    public boolean isActive() {
      return isLive() || this == LATCHED;
    }

    /** Whether the next error is one of a new alert. */
    boolean isOver() {
      return !isActive();
    }
  }

  /**
   * @param number of attempts so far
   * @param running whether the last one may still succeed
   * @param at clock at which it was asked for, or failed
   * @param over no more will follow
   */
  public record Attempts(int number, boolean running, long at, boolean over) {
    public static final Attempts NONE = new Attempts(0, false, 0, false);
  }

  public AlertState {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    causes = List.copyOf(causes);
  }

  /** Whether there was an alert, which can be shown. */
  public boolean isShown() {
    return opening > 0 && (phase.isActive() || phase == Phase.RESOLVED);
  }

  static AlertState none(String key) {
    return new AlertState(
        key,
        0,
        0,
        Phase.NONE,
        "",
        "",
        "",
        Severity.LOW,
        Severity.LOW,
        0,
        0,
        0,
        new TreeMap<>(),
        List.of(),
        0,
        0,
        "",
        "",
        0,
        0,
        Attempts.NONE,
        0,
        0);
  }
}
