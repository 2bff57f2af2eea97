// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.escalation.AlertCommand.Acknowledge;
import io.twinlog.domain.escalation.AlertCommand.Assign;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertCommand.Resolve;
import io.twinlog.domain.escalation.AlertCommand.Snooze;
import io.twinlog.domain.escalation.AlertEvent.Acknowledged;
import io.twinlog.domain.escalation.AlertEvent.Assigned;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Resolved;
import io.twinlog.domain.escalation.AlertEvent.Snoozed;
import io.twinlog.domain.escalation.AlertState.Phase;
import java.util.List;

/** What follows from the commands of people. Their shape was checked before. */
final class AlertRequests {
  private AlertRequests() {}

  static Decision<AlertEvent> decide(AlertState state, OfPerson command, Moment now) {
    if (!state.phase().isActive() || state.opening() != command.opening()) {
      return Decision.refused(
          "unknown_alert",
          "aggregate_id",
          "%s-%d is no alert that is there: it never was, or is over"
              .formatted(state.key(), command.opening()));
    }
    if (command instanceof Acknowledge acknowledge) {
      return Decision.accepted(
          switch (state.phase()) {
            case OPEN -> List.of(new Acknowledged(acknowledge.by()));
            case LATCHED ->
                List.of(
                    new Acknowledged(acknowledge.by()),
                    new Resolved(How.ACKNOWLEDGED, acknowledge.by()));
            case ACKNOWLEDGED, NONE, PENDING, RESOLVED, FORGOTTEN -> List.<AlertEvent>of();
          });
    } else if (command instanceof Resolve resolve) {
      return Decision.accepted(List.of(new Resolved(How.COMMAND, resolve.by())));
    } else if (command instanceof Assign assign) {
      boolean same = assign.assignee().equals(state.assignee());
      return Decision.accepted(
          same ? List.of() : List.of(new Assigned(assign.assignee(), assign.by())));
    } else if (command instanceof Snooze snooze) {
      return snooze(state, snooze, now);
    }
    throw new IllegalStateException("no rule for " + command);
  }

  private static Decision<AlertEvent> snooze(AlertState state, Snooze snooze, Moment now) {
    if (state.phase() == Phase.ACKNOWLEDGED) {
      return Decision.refused(
          "invalid_command", "command", "it is acknowledged: nobody is told of it any more");
    }
    if (snooze.forMillis() <= 0) {
      return Decision.refused("invalid_command", "data.for_ms", "must be above 0");
    }
    return Decision.accepted(List.of(new Snoozed(now.clock() + snooze.forMillis(), snooze.by())));
  }
}
