// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.Reason;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertEvent.Awaited;
import io.twinlog.domain.escalation.AlertEvent.Opened;
import io.twinlog.domain.escalation.AlertEvent.Raised;
import io.twinlog.domain.escalation.AlertEvent.RecoveryFailed;
import io.twinlog.domain.escalation.AlertEvent.RecoveryRequested;
import io.twinlog.domain.escalation.AlertEvent.Reminded;
import io.twinlog.domain.escalation.AlertEvent.Resolved;
import io.twinlog.domain.escalation.AlertEvent.StepTaken;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.EscalationSimulation.Attempted;
import io.twinlog.domain.escalation.EscalationSimulation.Happened;
import io.twinlog.domain.escalation.EscalationSimulation.Line;
import io.twinlog.domain.escalation.EscalationSimulation.Muted;
import io.twinlog.domain.escalation.EscalationSimulation.Notified;
import io.twinlog.domain.escalation.EscalationSimulation.Refused;
import io.twinlog.schemas.Notification;
import java.util.Locale;

/** What happens to alerts, as lines for a person. */
public final class Timeline {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Timeline() {}

  /**
   * One line.
   *
   * @param id of the alert, or of the notification
   */
  public record Entry(String about, String what, String id) {}

  /** The line of what happened. */
  public static Entry of(Line line) {
    if (line instanceof Happened happened) {
      AlertEvent event = happened.recorded().event();
      String detail = detail(event);
      return new Entry(
          about(happened.after()),
          AlertLogCodec.name(event) + (detail.isEmpty() ? "" : " " + detail),
          AlertLogCodec.id(happened.after(), happened.recorded()).toString());
    } else if (line instanceof Muted muted) {
      String what = muted.by().isEmpty() ? "muted no more" : "muted by " + muted.by();
      return new Entry(about(muted.alert()), what, AlertRecords.id(muted.alert()).toString());
    } else if (line instanceof Notified notified) {
      Notification told = Notifications.toAvro(notified.telling(), 0);
      return new Entry(
          "-> " + told.getTarget(),
          told.getWhy() + (told.getUrgent() ? ", urgent: " : ": ") + told.getText(),
          told.getNotificationId());
    } else if (line instanceof Attempted attempted) {
      Notification told = Notifications.toAvro(attempted.telling(), 0);
      String end =
          attempted.again() == 0
              ? ": delivered"
              : " failed, again in " + duration(attempted.again());
      return new Entry(
          "-> " + told.getTarget(),
          "attempt " + attempted.attempt() + end,
          told.getNotificationId());
    } else if (line instanceof Refused refused) {
      Reason reason = refused.reasons().get(0);
      return new Entry(refused.key(), "refused: " + reason.code() + ", " + reason.message(), "");
    }
    throw new IllegalStateException("no line for " + line);
  }

  private static String about(AlertState state) {
    return state.source() + " " + state.code();
  }

  private static String detail(AlertEvent event) {
    if (event instanceof Opened opened) {
      return opened.level().text();
    } else if (event instanceof Awaited awaited) {
      return awaited.error().severity().text();
    } else if (event instanceof Raised raised) {
      return raised.to().text() + ", " + text(raised.why());
    } else if (event instanceof StepTaken step) {
      return step.target() + (step.urgent() ? ", urgent" : "");
    } else if (event instanceof Reminded reminded) {
      return reminded.target();
    } else if (event instanceof RecoveryRequested requested) {
      return "attempt " + requested.attempt();
    } else if (event instanceof RecoveryFailed failed) {
      return "attempt " + failed.attempt() + (failed.last() ? ", the last" : "");
    } else if (event instanceof Resolved resolved) {
      return text(resolved.how());
    }
    return "";
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@code 1d 2:03:04.500}, without what is nothing. */
  public static String duration(long millis) {
    String days = millis >= DAY ? millis / DAY + "d " : "";
    long rest = millis % SECOND;
    return "%s%d:%02d:%02d%s"
        .formatted(
            days,
            millis % DAY / HOUR,
            millis % HOUR / MINUTE,
            millis % MINUTE / SECOND,
            rest == 0 ? "" : ".%03d".formatted(rest));
  }
}
