// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.AlertState.Attempts;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.schemas.AlertSnapshot;
import io.twinlog.wire.Codec;
import io.twinlog.wire.SingleObject;
import java.util.TreeMap;

/** The state of an alert as it is kept in RocksDB. Not for threads to share. */
public final class AlertSnapshots implements Codec<AlertState> {
  private final SingleObject singleObject = new SingleObject();

  @Override
  public byte[] encode(AlertState state) {
    return singleObject.encode(toAvro(state));
  }

  /** As a record. */
  public static AlertSnapshot toAvro(AlertState state) {
    Attempts recovery = state.recovery();
    return new AlertSnapshot(
        state.key(),
        state.version(),
        state.opening(),
        state.phase().name(),
        state.source(),
        state.code(),
        state.message(),
        state.severity().text(),
        state.level().text(),
        state.levelSince(),
        state.steps(),
        state.policies(),
        new TreeMap<>(state.labels()),
        state.causes(),
        state.firstAt(),
        state.toldAt(),
        state.target(),
        state.assignee(),
        state.snoozedAt(),
        state.snoozedUntil(),
        recovery.number(),
        recovery.running(),
        recovery.at(),
        recovery.over(),
        state.resolvedAt(),
        state.awaitedUntil());
  }

  @Override
  public AlertState decode(byte[] bytes) {
    AlertSnapshot kept = singleObject.decode(bytes, AlertSnapshot.class);
    return new AlertState(
        kept.getKey(),
        kept.getVersion(),
        kept.getOpening(),
        Phase.valueOf(kept.getPhase()),
        kept.getSource(),
        kept.getCode(),
        kept.getMessage(),
        Severity.of(kept.getSeverity()),
        Severity.of(kept.getLevel()),
        kept.getLevelSince(),
        kept.getSteps(),
        kept.getPoliciesVersion(),
        new TreeMap<>(kept.getLabels()),
        kept.getCauses(),
        kept.getFirstAt(),
        kept.getToldAt(),
        kept.getTarget(),
        kept.getAssignee(),
        kept.getSnoozedAt(),
        kept.getSnoozedUntil(),
        new Attempts(
            kept.getAttempt(),
            kept.getAttemptRunning(),
            kept.getAttemptAt(),
            kept.getAttemptsOver()),
        kept.getResolvedAt(),
        kept.getAwaitedUntil());
  }
}
