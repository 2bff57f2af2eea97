// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Moment;
import io.twinlog.domain.escalation.GroupState.Listed;
import java.util.List;

/**
 * Somebody is to be told of a group.
 *
 * @param group as it is at that moment
 * @param number of the notification in the group: 1, 2, 3 ...
 * @param alerts that are told of one by one
 */
public record Telling(
    GroupState group,
    int number,
    Why why,
    int step,
    boolean urgent,
    List<Listed> alerts,
    Moment at) {
  /** What is told. */
  public enum Why {
    /** The group is there. */
    NEW,
    /** Alerts have joined it, or are over. */
    CHANGED,
    /** A policy asks for it once more. */
    REMINDER,
    /** It has been there for long. */
    REPEAT,
    /** Nothing of it is left. */
    RESOLVED
  }

  public Telling {
    alerts = List.copyOf(alerts);
  }
}
