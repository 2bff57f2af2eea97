// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import static io.twinlog.wire.Absent.orEmpty;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Why;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.schemas.AlertAcknowledged;
import io.twinlog.schemas.AlertAssigned;
import io.twinlog.schemas.AlertAuthor;
import io.twinlog.schemas.AlertAverted;
import io.twinlog.schemas.AlertAwaited;
import io.twinlog.schemas.AlertError;
import io.twinlog.schemas.AlertEventData;
import io.twinlog.schemas.AlertForgotten;
import io.twinlog.schemas.AlertLatched;
import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.AlertOpened;
import io.twinlog.schemas.AlertRaised;
import io.twinlog.schemas.AlertRecoveryFailed;
import io.twinlog.schemas.AlertRecoveryRequested;
import io.twinlog.schemas.AlertRecoverySucceeded;
import io.twinlog.schemas.AlertReminded;
import io.twinlog.schemas.AlertResolved;
import io.twinlog.schemas.AlertReturned;
import io.twinlog.schemas.AlertSnoozeEnded;
import io.twinlog.schemas.AlertSnoozed;
import io.twinlog.schemas.AlertStepTaken;
import io.twinlog.wire.AlertId;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/** The events of an alert as records of alert.log, both ways. */
public final class AlertLogCodec {
  private static final String PREFIX = "Alert";

  private AlertLogCodec() {}

  /**
   * What every record copies.
   *
   * @param correlationId empty: none
   * @param causationId empty: none
   */
  public record Flow(String correlationId, String causationId, long rulesVersion) {}

  /**
   * The record of an event.
   *
   * @param after the state that it led to
   */
  public static AlertLog toAvro(AlertState after, Recorded<AlertEvent> recorded, Flow flow) {
    return AlertLog.newBuilder()
        .setAlertId(id(after, recorded).toString())
        .setVersion(recorded.version())
        .setEvent(name(recorded.event()))
        .setEventId(after.key() + "/" + recorded.version())
        .setOccurredAt(Instant.ofEpochMilli(recorded.occurredAt()))
        .setLoggedAt(Instant.ofEpochMilli(recorded.at().logTime()))
        .setClock(recorded.at().clock())
        .setCause(recorded.cause().text())
        .setCorrelationId(toNull(flow.correlationId()))
        .setCausationId(toNull(flow.causationId()))
        .setRulesVersion(flow.rulesVersion())
        .setData(data(recorded.event()))
        .build();
  }

  /** Of the alert that is open, or that what is awaited would open. */
  public static AlertId id(AlertState after, Recorded<AlertEvent> recorded) {
    long next = recorded.event() instanceof AlertEvent.Awaited ? 1 : 0;
    return new AlertId(
        after.key(), after.opening() > 0 ? after.opening() : recorded.version() + next);
  }

  /** The name under which an event is logged. */
  public static String name(AlertEvent event) {
    return PREFIX + event.getClass().getSimpleName();
  }

  private static AlertEventData data(AlertEvent event) {
    AlertEventData.Builder data = AlertEventData.newBuilder();
    if (event instanceof AlertEvent.Awaited e) {
      data.setAlertAwaited(new AlertAwaited(toAvro(e.error()), e.until(), e.policies()));
    } else if (event instanceof AlertEvent.Averted e) {
      data.setAlertAverted(new AlertAverted(e.eventId()));
    } else if (event instanceof AlertEvent.Opened e) {
      data.setAlertOpened(new AlertOpened(toAvro(e.error()), e.level().text(), e.policies()));
    } else if (event instanceof AlertEvent.Raised e) {
      data.setAlertRaised(new AlertRaised(e.to().text(), text(e.why()), toNull(e.eventId())));
    } else if (event instanceof AlertEvent.StepTaken e) {
      data.setAlertStepTaken(
          new AlertStepTaken(e.level().text(), e.number(), e.target(), e.urgent()));
    } else if (event instanceof AlertEvent.Reminded e) {
      data.setAlertReminded(new AlertReminded(e.target()));
    } else if (event instanceof AlertEvent.Acknowledged e) {
      data.setAlertAcknowledged(new AlertAcknowledged(toAvro(e.by())));
    } else if (event instanceof AlertEvent.Latched e) {
      data.setAlertLatched(new AlertLatched(toNull(e.eventId())));
    } else if (event instanceof AlertEvent.Returned e) {
      data.setAlertReturned(new AlertReturned(e.eventId()));
    } else {
      later(event, data);
    }
    return data.build();
  }

  private static void later(AlertEvent event, AlertEventData.Builder data) {
    if (event instanceof AlertEvent.Assigned e) {
      data.setAlertAssigned(new AlertAssigned(e.assignee(), toAvro(e.by())));
    } else if (event instanceof AlertEvent.Snoozed e) {
      data.setAlertSnoozed(new AlertSnoozed(e.until(), toAvro(e.by())));
    } else if (event instanceof AlertEvent.SnoozeEnded) {
      data.setAlertSnoozeEnded(new AlertSnoozeEnded());
    } else if (event instanceof AlertEvent.RecoveryRequested e) {
      data.setAlertRecoveryRequested(new AlertRecoveryRequested(e.attempt()));
    } else if (event instanceof AlertEvent.RecoveryFailed e) {
      data.setAlertRecoveryFailed(
          new AlertRecoveryFailed(e.attempt(), toNull(e.eventId()), e.last()));
    } else if (event instanceof AlertEvent.RecoverySucceeded e) {
      data.setAlertRecoverySucceeded(new AlertRecoverySucceeded(e.attempt(), e.eventId()));
    } else if (event instanceof AlertEvent.Resolved e) {
      data.setAlertResolved(new AlertResolved(text(e.how()), toAvro(e.by())));
    } else if (event instanceof AlertEvent.Forgotten) {
      data.setAlertForgotten(new AlertForgotten());
    } else {
      throw new IllegalStateException("no record for " + event);
    }
  }

  private static AlertError toAvro(ErrorReported error) {
    return new AlertError(
        error.eventId(),
        error.source(),
        error.code(),
        error.severity().text(),
        error.message(),
        new TreeMap<>(error.labels()),
        Instant.ofEpochMilli(error.occurredAt()));
  }

  private static ErrorReported fromAvro(AlertError error) {
    return new ErrorReported(
        error.getEventId(),
        error.getSource(),
        error.getCode(),
        Severity.of(error.getSeverity()),
        error.getMessage(),
        new TreeMap<>(error.getLabels()),
        error.getOccurredAt().toEpochMilli());
  }

  private static AlertAuthor toAvro(Author by) {
    return new AlertAuthor(toNull(by.name()), toNull(by.note()));
  }

  private static Author fromAvro(AlertAuthor by) {
    return new Author(orEmpty(by.getAuthor()), orEmpty(by.getNote()));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String constant(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /**
   * The event of a record.
   *
   * @throws IllegalArgumentException when this build does not know the event; its version still
   *     counts
   */
  public static Recorded<AlertEvent> fromAvro(AlertLog log) {
    return new Recorded<>(
        log.getVersion(),
        new Moment(log.getClock(), log.getLoggedAt().toEpochMilli()),
        log.getOccurredAt().toEpochMilli(),
        Cause.of(log.getCause()),
        event(log.getEvent(), log.getData()));
  }

  private static AlertEvent event(String name, AlertEventData data) {
    return switch (name) {
      case "AlertAwaited" -> {
        AlertAwaited d = data.getAlertAwaited();
        yield new AlertEvent.Awaited(
            fromAvro(d.getError()), d.getUntilClock(), d.getPoliciesVersion());
      }
      case "AlertAverted" -> {
        AlertAverted d = data.getAlertAverted();
        yield new AlertEvent.Averted(d.getEventId());
      }
      case "AlertOpened" -> {
        AlertOpened d = data.getAlertOpened();
        yield new AlertEvent.Opened(
            fromAvro(d.getError()), Severity.of(d.getLevel()), d.getPoliciesVersion());
      }
      case "AlertRaised" -> {
        AlertRaised d = data.getAlertRaised();
        yield new AlertEvent.Raised(
            Severity.of(d.getTo()), Why.valueOf(constant(d.getWhy())), orEmpty(d.getEventId()));
      }
      case "AlertStepTaken" -> {
        AlertStepTaken d = data.getAlertStepTaken();
        yield new AlertEvent.StepTaken(
            Severity.of(d.getLevel()), d.getNumber(), d.getTarget(), d.getUrgent());
      }
      case "AlertReminded" -> {
        AlertReminded d = data.getAlertReminded();
        yield new AlertEvent.Reminded(d.getTarget());
      }
      case "AlertAcknowledged" -> {
        AlertAcknowledged d = data.getAlertAcknowledged();
        yield new AlertEvent.Acknowledged(fromAvro(d.getBy()));
      }
      case "AlertLatched" -> {
        AlertLatched d = data.getAlertLatched();
        yield new AlertEvent.Latched(orEmpty(d.getEventId()));
      }
      case "AlertReturned" -> {
        AlertReturned d = data.getAlertReturned();
        yield new AlertEvent.Returned(d.getEventId());
      }
      default -> laterEvent(name, data);
    };
  }

  private static AlertEvent laterEvent(String name, AlertEventData data) {
    return switch (name) {
      case "AlertAssigned" -> {
        AlertAssigned d = data.getAlertAssigned();
        yield new AlertEvent.Assigned(d.getAssignee(), fromAvro(d.getBy()));
      }
      case "AlertSnoozed" -> {
        AlertSnoozed d = data.getAlertSnoozed();
        yield new AlertEvent.Snoozed(d.getUntilClock(), fromAvro(d.getBy()));
      }
      case "AlertSnoozeEnded" -> new AlertEvent.SnoozeEnded();
      case "AlertRecoveryRequested" -> {
        AlertRecoveryRequested d = data.getAlertRecoveryRequested();
        yield new AlertEvent.RecoveryRequested(d.getAttempt());
      }
      case "AlertRecoveryFailed" -> {
        AlertRecoveryFailed d = data.getAlertRecoveryFailed();
        yield new AlertEvent.RecoveryFailed(d.getAttempt(), orEmpty(d.getEventId()), d.getLast());
      }
      case "AlertRecoverySucceeded" -> {
        AlertRecoverySucceeded d = data.getAlertRecoverySucceeded();
        yield new AlertEvent.RecoverySucceeded(d.getAttempt(), d.getEventId());
      }
      case "AlertResolved" -> {
        AlertResolved d = data.getAlertResolved();
        yield new AlertEvent.Resolved(How.valueOf(constant(d.getHow())), fromAvro(d.getBy()));
      }
      case "AlertForgotten" -> new AlertEvent.Forgotten();
      default ->
          throw new IllegalArgumentException("an event that this build does not know: " + name);
    };
  }
}
