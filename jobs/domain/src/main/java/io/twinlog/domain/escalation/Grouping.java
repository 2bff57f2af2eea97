// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.util.List;

/**
 * How alerts are put together before somebody is told. Times are in ms of the clock (Prometheus
 * Alertmanager, "group_wait" and the like).
 *
 * @param by labels whose values those of a group share
 * @param delay after the first one of a group, for others to join it
 * @param urgentDelay the same where it is urgent
 * @param interval between two notifications of a group that changes
 * @param repeat between two of one that does not
 * @param foldAbove of more alerts than that a group tells how many they are, and lists no more
 */
public record Grouping(
    List<String> by, long delay, long urgentDelay, long interval, long repeat, int foldAbove) {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  /** As a new installation has it. */
  public static final Grouping DEFAULT =
      new Grouping(
          List.of("site", "model", "service"),
          30 * SECOND,
          5 * SECOND,
          5 * MINUTE,
          4 * 60 * MINUTE,
          20);

  public Grouping {
    by = List.copyOf(by);
  }
}
