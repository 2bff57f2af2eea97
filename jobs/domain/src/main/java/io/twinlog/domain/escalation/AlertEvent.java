// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;

/** What happens to an alert. Facts of its log; never changed. */
public sealed interface AlertEvent {

  /**
   * It is there, or there again; its id has this event's version.
   *
   * @param level which may be above the error's severity, where it came often
   * @param policies version of the policies that it keeps to
   */
  record Opened(ErrorReported error, Severity level, long policies) implements AlertEvent {}

  /**
   * A source is in a state in which somebody wants to be told, if it stays in it.
   *
   * @param error that it will be
   * @param until clock
   * @param policies version of the policies that ask for it
   */
  record Awaited(ErrorReported error, long until, long policies) implements AlertEvent {}

  /** The source left that state in time. */
  record Averted(String eventId) implements AlertEvent {}

  /**
   * It goes up.
   *
   * @param eventId of the error that did it; empty: none did
   */
  record Raised(Severity to, Why why, String eventId) implements AlertEvent {}

  /** Why an alert goes up. */
  enum Why {
    /** An error of a higher severity came. */
    WORSE,
    /** Too many came. */
    REPEATED,
    /** Nobody has acknowledged it. */
    UNACKNOWLEDGED,
    /** All attempts to recover have failed. */
    NOT_RECOVERED
  }

  /**
   * A step of the level's policy: somebody is told.
   *
   * @param number in the policy, counted from 0
   */
  record StepTaken(Severity level, int number, String target, boolean urgent)
      implements AlertEvent {}

  /** It is still open, and those who were told are told again. */
  record Reminded(String target) implements AlertEvent {}

  record Acknowledged(Author by) implements AlertEvent {}

  /** Its cause is gone; an acknowledgement is still owed. */
  record Latched(String eventId) implements AlertEvent {}

  /** Its cause is there again before anybody acknowledged it. */
  record Returned(String eventId) implements AlertEvent {}

  record Assigned(String assignee, Author by) implements AlertEvent {}

  /**
   * Nobody is told until then.
   *
   * @param until clock
   */
  record Snoozed(long until, Author by) implements AlertEvent {}

  record SnoozeEnded() implements AlertEvent {}

  /** Somebody is asked to bring the source back. */
  record RecoveryRequested(int attempt) implements AlertEvent {}

  /**
   * @param eventId that told it; empty: nothing was heard of the attempt
   * @param last whether no other one follows
   */
  record RecoveryFailed(int attempt, String eventId, boolean last) implements AlertEvent {}

  record RecoverySucceeded(int attempt, String eventId) implements AlertEvent {}

  /** It is over. */
  record Resolved(How how, Author by) implements AlertEvent {
    /** Nobody has. */
    public static final Author NOBODY = new Author("", "");
  }

  /** How an alert ends. */
  enum How {
    RECOVERED,
    QUIET,
    ACKNOWLEDGED,
    COMMAND
  }

  /** It has been over for so long that nothing is remembered of it. The last event. */
  record Forgotten() implements AlertEvent {}
}
