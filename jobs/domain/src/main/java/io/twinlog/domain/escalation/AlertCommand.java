// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import java.util.SortedMap;

/** What asks an alert to change: errors, what puts an end to them, and people. */
public sealed interface AlertCommand {

  /**
   * An error of a source.
   *
   * @param eventId of the event that told it
   * @param severity that the event says, or that its priority stands for
   * @param labels of the source, and of the event
   * @param occurredAt event time, epoch ms, clamped to log time
   */
  record ErrorReported(
      String eventId,
      String source,
      String code,
      Severity severity,
      String message,
      SortedMap<String, String> labels,
      long occurredAt)
      implements AlertCommand {}

  /**
   * A state of a source in which somebody may want to be told, such as that it is offline. Whether,
   * when, and how bad it is, the policies say.
   *
   * @param eventId of the event that told it
   * @param code such as {@code device.offline}
   * @param occurredAt event time, epoch ms
   */
  record StateReported(
      String eventId,
      String source,
      String code,
      String message,
      SortedMap<String, String> labels,
      long occurredAt)
      implements AlertCommand {
    ErrorReported as(Severity severity) {
      return new ErrorReported(eventId, source, code, severity, message, labels, occurredAt);
    }
  }

  /**
   * What was wrong is not any more: a recovery, a device that is online again.
   *
   * @param eventId of the event that told it
   */
  record CauseGone(String eventId, long occurredAt) implements AlertCommand {}

  /**
   * The end of an attempt to recover.
   *
   * @param opening version of the alert that asked for it
   * @param attempt counted from 1
   */
  record RecoveryEnded(
      String eventId, long opening, int attempt, boolean succeeded, long occurredAt)
      implements AlertCommand {}

  /** A person's command. It is for the alert that has this opening version. */
  sealed interface OfPerson extends AlertCommand {
    long opening();

    Author by();
  }

  /**
   * Who says it, and why.
   *
   * @param note empty: none
   */
  record Author(String name, String note) {}

  record Acknowledge(long opening, Author by) implements OfPerson {}

  record Resolve(long opening, Author by) implements OfPerson {}

  /**
   * @param forMillis of the clock
   */
  record Snooze(long opening, Author by, long forMillis) implements OfPerson {}

  record Assign(long opening, Author by, String assignee) implements OfPerson {}
}
