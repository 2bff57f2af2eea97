// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import static io.twinlog.wire.Absent.instant;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.GroupNews.Member;
import io.twinlog.domain.escalation.GroupState;
import io.twinlog.domain.escalation.GroupState.Listed;
import io.twinlog.domain.escalation.Telling;
import io.twinlog.domain.escalation.Telling.Why;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotifiedAlert;
import io.twinlog.wire.GroupId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What somebody is to be told, as records of notifications. */
public final class Notifications {
  private static final int CAUSES_MAX = 16;
  private static final String FIRING = "firing";
  private static final String RESOLVED = "resolved";

  private Notifications() {}

  /** The record. */
  public static Notification toAvro(Telling telling, long rulesVersion) {
    GroupState group = telling.group();
    boolean over = telling.why() == Why.RESOLVED;
    boolean one = !group.folded() && telling.alerts().size() == 1;
    String groupId = GroupId.of(group.key(), group.opened());
    return Notification.newBuilder()
        .setNotificationId(groupId + "/" + telling.number())
        .setGroupId(groupId)
        .setAlertId(one ? telling.alerts().get(0).alert().alertId() : null)
        .setNumber(telling.number())
        .setWhy(telling.why().name().toLowerCase(Locale.ROOT))
        .setStatus(over ? RESOLVED : FIRING)
        .setTarget(group.target())
        .setUrgent(telling.urgent())
        .setSeverity(severity(telling).text())
        .setStep(telling.step())
        .setLabels(new TreeMap<>(group.labels()))
        .setText(text(telling))
        .setFiring(group.counts().seen())
        .setFolded(group.folded())
        .setAlerts(telling.alerts().stream().map(Notifications::alert).toList())
        .setCauses(
            telling.alerts().stream()
                .flatMap(listed -> listed.alert().causes().stream())
                .distinct()
                .limit(CAUSES_MAX)
                .toList())
        .setRepeatMs(group.grouping().repeat())
        .setSince(Instant.ofEpochMilli(group.openedAt()))
        .setAt(Instant.ofEpochMilli(telling.at().logTime()))
        .setRulesVersion(rulesVersion)
        .build();
  }

  /** Of what is over, what it was. */
  private static Severity severity(Telling telling) {
    GroupState group = telling.group();
    return group.counts().seen() > 0 ? group.counts().worst() : group.last().worst();
  }

  private static NotifiedAlert alert(Listed listed) {
    Member alert = listed.alert();
    return new NotifiedAlert(
        alert.alertId(),
        alert.version(),
        listed.overAt() > 0 ? RESOLVED : FIRING,
        alert.severity().text(),
        listed.told() == null || listed.told() == alert.severity() ? null : listed.told().text(),
        alert.source(),
        alert.code(),
        alert.message(),
        new TreeMap<>(alert.labels()),
        Instant.ofEpochMilli(alert.firstAt()),
        instant(listed.overAt()));
  }

  /** One line for a person. */
  private static String text(Telling telling) {
    GroupState group = telling.group();
    List<Listed> alerts = telling.alerts();
    if (!group.folded() && alerts.size() == 1) {
      Member alert = alerts.get(0).alert();
      String what = alerts.get(0).overAt() > 0 ? RESOLVED : alert.severity().text();
      return "%s: %s of %s: %s".formatted(what, alert.code(), alert.source(), alert.message());
    }
    String where =
        group.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", "));
    return "%s alerts%s%s"
        .formatted(
            telling.why() == Why.RESOLVED ? "no more" : group.counts().seen(),
            where.isEmpty() ? "" : " of " + where,
            bySeverity(group));
  }

  private static String bySeverity(GroupState group) {
    StringBuilder text = new StringBuilder();
    for (int i = Severity.values().length - 1; i >= 0; i--) {
      int count = group.counts().bySeverity().get(i);
      if (count > 0) {
        text.append(text.isEmpty() ? ": " : ", ");
        text.append(count).append(' ').append(Severity.values()[i].text());
      }
    }
    return text.toString();
  }
}
