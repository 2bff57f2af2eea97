// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Reason;
import io.twinlog.wire.DeadLetterReason;
import java.util.List;

/** What an aggregate's codec reads out of an inbox record. */
public sealed interface Input<C> {

  /**
   * An event: accepted, or a dead letter.
   *
   * @param idHash hash of (service_id, component_id, id), the key of deduplication
   */
  record Report<C>(C command, Trace trace, long idHash) implements Input<C> {}

  /**
   * A command: accepted or refused, and answered.
   *
   * @param aggregateId as the command names it
   * @param expectedVersion {@link io.twinlog.domain.ExpectedVersion#ANY}: none
   */
  record Request<C>(
      C command, Trace trace, String id, String name, String aggregateId, long expectedVersion)
      implements Input<C> {}

  /** It cannot be read as either; it becomes a dead letter. */
  record Unreadable<C>(DeadLetterReason reason, List<Reason> errors) implements Input<C> {}
}
