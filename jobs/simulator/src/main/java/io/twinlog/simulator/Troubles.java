// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.wire.AlertId;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Errors of programs, and what people do about alerts; those of devices are the {@link World}'s.
 */
final class Troubles {
  private final SimulatedBroker broker;
  private final Dice dice;
  private int written;

  Troubles(SimulatedBroker broker, Dice dice) {
    this.broker = broker;
    this.dice = dice;
  }

  /** What is wrong elsewhere, what is tried against it, and what people do about it. */
  void second(long wall) {
    while (dice.percent(60)) {
      String source = "src-" + dice.below(3);
      String code = "C" + dice.below(2);
      String alert = AlertId.key("app/" + source, code) + '-' + dice.between(1, 9);
      int kind = dice.below(100);
      if (kind < 55) {
        String severity = dice.one(List.of("low", "low", "medium", "high", "critical"));
        tell(
            source,
            "system.error",
            "\"error\":{\"code\":\"%s\",\"severity\":\"%s\",\"message\":\"m\"},\"labels\":{\"site\":\"s%d\"}"
                .formatted(code, severity, dice.below(2)),
            wall);
      } else if (kind < 70) {
        String type = dice.percent(40) ? "recovery.succeeded" : "recovery.failed";
        tell(source, type, "\"recovery_id\":\"" + alert + '/' + dice.between(1, 2) + "\"", wall);
      } else if (kind < 92) {
        order(
            dice.one(List.of("AcknowledgeAlert", "ResolveAlert", "SnoozeAlert", "AssignAlert")),
            alert,
            "\"for_ms\":%d,\"assignee\":\"bert\"".formatted(dice.between(1, 9) * 1_000),
            wall);
      } else {
        String matchers =
            "\"matchers\":[{\"label\":\"site\",\"op\":\"=\",\"value\":\"s%d\"}],\"ends_at\":%d,\"reason\":\"r\""
                .formatted(dice.below(2), wall + dice.between(-5, 20) * 1_000L);
        order("SilenceAlerts", "quiet-" + dice.below(3), matchers, wall);
      }
    }
  }

  private void tell(String component, String type, String payload, long wall) {
    String id = dice.percent(10) ? "e-again-" + dice.below(5) : "e-" + ++written;
    String text =
        ("{\"id\":\"%s\",\"event_type\":\"%s\",\"source\":{\"service_id\":\"app\",\"component_id\":\"%s\"},"
                + "\"timestamp\":%d,\"data\":{\"payload\":{%s}}}")
            .formatted(id, type, component, wall - dice.below(5_000), payload);
    append(Topic.INGRESS, component, text);
  }

  private void order(String name, String aggregate, String data, long wall) {
    String id = dice.percent(10) ? "c-again-" + dice.below(5) : "c-" + ++written;
    append(
        Topic.COMMANDS,
        aggregate,
        "{\"id\":\"%s\",\"command\":\"%s\",\"aggregate_id\":\"%s\",%s\"timestamp\":%d,\"data\":{%s}}"
            .formatted(
                id,
                name,
                aggregate,
                dice.percent(10) ? "\"expected_version\":" + dice.below(9) + "," : "",
                wall,
                data));
  }

  private void append(Topic topic, String keyText, String text) {
    byte[] key = keyText.getBytes(StandardCharsets.UTF_8);
    int partition = Partitions.of(key, broker.log(topic).size());
    broker.append(topic, partition, key, text.getBytes(StandardCharsets.UTF_8), List.of());
  }
}
