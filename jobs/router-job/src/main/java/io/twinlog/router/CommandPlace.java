// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.schemas.Command;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.ParkingCommand;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.Silences;
import java.util.Optional;

/** Where a command goes, and what it is keyed by there: with what else its aggregate hears. */
record CommandPlace(Topic inbox, String key) {

  /** The place; empty: it is to an alert, and names none. */
  static Optional<CommandPlace> of(Command command) {
    String name = command.getCommand();
    String aggregate = command.getAggregateId();
    if (ParkingCommand.isOne(name)) {
      return Optional.of(new CommandPlace(ParkingCommand.of(command).inbox(), aggregate));
    }
    return switch (name) {
      case "AcknowledgeAlert", "ResolveAlert", "SnoozeAlert", "AssignAlert" ->
          AlertId.of(aggregate).map(alert -> new CommandPlace(Topic.EVENTS_ERROR, alert.key()));
      case Silences.COMMAND ->
          Optional.of(new CommandPlace(Topic.EVENTS_ERROR, Silences.key(aggregate)));
      default -> Optional.of(new CommandPlace(Topic.EVENTS_DOMAIN, aggregate));
    };
  }

  /** Why such a command is refused. */
  static Reason unknownAlert(String aggregate) {
    return new Reason(
        "unknown_alert",
        "aggregate_id",
        aggregate + " is no id of an alert: those of alert.state are a-<26 characters>-<number>");
  }
}
