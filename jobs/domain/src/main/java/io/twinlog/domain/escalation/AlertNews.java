// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.escalation.AlertEvent.Reminded;
import io.twinlog.domain.escalation.AlertEvent.StepTaken;
import java.util.ArrayList;
import java.util.List;

/**
 * What an alert tells those who tell people.
 *
 * @param state as it is now
 * @param count errors so far
 * @param lastAt event time of the newest one, epoch ms
 * @param calls for somebody to be told, in order
 * @param gone opening of an alert of the same key that is not shown any more; 0: none
 * @param grouping of the policies that it keeps to
 */
public record AlertNews(
    AlertState state, long count, long lastAt, List<Call> calls, long gone, Grouping grouping) {
  public AlertNews {
    calls = List.copyOf(calls);
  }

  /**
   * Somebody is to be told.
   *
   * @param step of the policy, counted from 1; 0: a reminder
   */
  public record Call(String target, int step, boolean urgent) {}

  /** The calls among events. */
  public static List<Call> calls(List<AlertEvent> events) {
    List<Call> calls = new ArrayList<>();
    for (AlertEvent event : events) {
      if (event instanceof StepTaken step) {
        calls.add(new Call(step.target(), step.number() + 1, step.urgent()));
      } else if (event instanceof Reminded reminded) {
        calls.add(new Call(reminded.target(), 0, false));
      }
    }
    return calls;
  }

  /** The opening that a change has left behind; 0: none. */
  public static long gone(AlertState before, AlertState after) {
    boolean other = before.opening() != after.opening() || !after.isShown();
    return before.isShown() && other ? before.opening() : 0;
  }

  /** The id of the alert. */
  public String alertId() {
    return state.key() + '-' + state.opening();
  }
}
