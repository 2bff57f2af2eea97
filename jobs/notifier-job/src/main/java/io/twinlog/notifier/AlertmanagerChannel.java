// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotifiedAlert;
import io.twinlog.wire.json.AvroJson;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Posts alerts to Prometheus Alertmanager. Source: its API v2, {@code POST /api/v2/alerts}: an
 * alert is what its labels are, and over when {@code endsAt} is past.
 */
final class AlertmanagerChannel implements Channel {
  private static final String PATH = "/api/v2/alerts";

  /** Of a group that has too many to list. */
  private static final String FOLDED = "twinlog_group";

  /** One that fires is told again before that; should nobody do so any more, it ends by itself. */
  private static final int REPEATS_TO_LIVE = 2;

  private static final String RESOLVED = "resolved";

  private final Target target;
  private final HttpPoster poster;

  AlertmanagerChannel(Target target, HttpPoster poster) {
    this.target = target;
    this.poster = poster;
  }

  @Override
  public String type() {
    return Target.ALERTMANAGER;
  }

  @Override
  public CompletableFuture<Delivered> send(Notification notification) {
    return poster.post(target, PATH, notification, it -> body(it).toString());
  }

  /** The alerts of a notification; a group that has too many is one. */
  static ArrayNode body(Notification notification) {
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    if (notification.getFolded()) {
      alerts.add(group(notification));
      return alerts;
    }
    for (NotifiedAlert alert : notification.getAlerts()) {
      String severity = alert.getSeverity();
      alerts.add(single(notification, alert, severity, over(notification, alert)));
      String before = alert.getPreviousSeverity();
      if (before != null && !before.equals(severity)) {
        // To Alertmanager that was another one.
        alerts.add(single(notification, alert, before, notification.getAt()));
      }
    }
    return alerts;
  }

  private static Instant over(Notification notification, NotifiedAlert alert) {
    return alert.getStatus().equals(RESOLVED) ? alert.getEndsAt() : until(notification);
  }

  private static Instant until(Notification notification) {
    return notification.getAt().plusMillis(REPEATS_TO_LIVE * notification.getRepeatMs());
  }

  private static ObjectNode single(
      Notification notification, NotifiedAlert alert, String severity, Instant endsAt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode labels = labels(json, alert.getLabels());
    labels.put("alertname", alert.getCode());
    labels.put("source", alert.getSource());
    labels.put("alert_id", alert.getAlertId());
    labels.put("severity", severity);
    labels.put("target", notification.getTarget());
    json.putObject("annotations")
        .put(
            "summary",
            "%s of %s: %s".formatted(alert.getCode(), alert.getSource(), alert.getMessage()))
        .put("notification_id", notification.getNotificationId());
    return json.put("startsAt", AvroJson.instant(alert.getStartsAt()))
        .put("endsAt", AvroJson.instant(endsAt));
  }

  private static ObjectNode group(Notification notification) {
    boolean over = notification.getStatus().equals(RESOLVED);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode labels = labels(json, notification.getLabels());
    labels.put("alertname", FOLDED);
    labels.put("group_id", notification.getGroupId());
    labels.put("target", notification.getTarget());
    json.putObject("annotations")
        .put("summary", notification.getText())
        .put("severity", notification.getSeverity())
        .put("firing", Integer.toString(notification.getFiring()))
        .put("notification_id", notification.getNotificationId());
    return json.put("startsAt", AvroJson.instant(notification.getSince()))
        .put("endsAt", AvroJson.instant(over ? notification.getAt() : until(notification)));
  }

  /** Names of labels are ASCII there, and no digit is first; values are anything. */
  private static ObjectNode labels(ObjectNode json, Map<String, String> own) {
    ObjectNode labels = json.putObject("labels");
    own.forEach(
        (name, value) ->
            labels.put(
                name.replaceAll("[^a-zA-Z0-9_]", "_").replaceAll("^(?=[0-9]|$)", "_"), value));
    return labels;
  }
}
