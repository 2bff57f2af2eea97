// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.CommandHead;
import java.util.List;

/**
 * Answers commands that reach no aggregate: those that break a rule, and those that are for the
 * router itself. The version of an aggregate is not known here, and said to be 0.
 */
final class Results {
  private final Outputs outputs;
  private final SingleObject singleObject = new SingleObject();
  private long refusals;

  Results(Outputs outputs) {
    this.outputs = outputs;
  }

  void accept(CommandHead head, String traceparent) {
    write(head, CommandStatus.ACCEPTED, List.of(), traceparent);
  }

  void refuse(CommandHead head, List<Reason> reasons, String traceparent) {
    refusals++;
    write(head, CommandStatus.REFUSED, reasons, traceparent);
  }

  /** How often it has refused one. */
  long refusals() {
    return refusals;
  }

  private void write(
      CommandHead head, CommandStatus status, List<Reason> reasons, String traceparent) {
    CommandResult result =
        new CommandResult(
            head.id(),
            head.command(),
            head.aggregateId(),
            status,
            0L,
            null,
            reasons.stream()
                .map(r -> new io.twinlog.schemas.Reason(r.code(), r.path(), r.message()))
                .toList(),
            List.of());
    outputs.add(
        Topic.COMMAND_RESULTS,
        head.id(),
        "CommandResult",
        singleObject.encode(result),
        new Trace("", "", traceparent));
  }
}
