// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import static io.twinlog.wire.Absent.instant;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.Moment;
import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.schemas.AlertState;
import java.time.Instant;
import java.util.TreeMap;

/** Alerts as records of alert.state. */
public final class AlertProjections {
  private AlertProjections() {}

  /**
   * The record.
   *
   * @param mutedBy empty: by nothing
   * @param now by which the end of a snooze is told in log time
   */
  public static AlertState toAvro(AlertNews news, String mutedBy, Moment now, long rulesVersion) {
    io.twinlog.domain.escalation.AlertState state = news.state();
    boolean snoozed = state.snoozedUntil() > now.clock();
    return AlertState.newBuilder()
        .setAlertId(news.alertId())
        .setVersion(state.version())
        .setState(state.phase().name())
        .setSeverity(state.severity().text())
        .setLevel(state.level().text())
        .setSource(state.source())
        .setCode(state.code())
        .setMessage(state.message())
        .setLabels(new TreeMap<>(state.labels()))
        .setCount(news.count())
        .setFirstAt(Instant.ofEpochMilli(state.firstAt()))
        .setLastAt(instant(news.lastAt()))
        .setAssignee(toNull(state.assignee()))
        .setSnoozedUntil(
            snoozed ? instant(now.logTime() + state.snoozedUntil() - now.clock()) : null)
        .setMutedBy(toNull(mutedBy))
        .setCauses(state.causes())
        .setTarget(toNull(state.target()))
        .setSteps(state.steps())
        .setAttempt(state.recovery().number())
        .setPoliciesVersion(state.policies())
        .setRulesVersion(rulesVersion)
        .build();
  }
}
