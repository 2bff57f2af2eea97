// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceInfo;
import io.twinlog.domain.service.ServiceReport;
import io.twinlog.domain.service.ServiceReport.Content;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.Payloads;

/**
 * What events say of an instance of a service. Their shape was checked by the router; here they get
 * their meaning.
 */
public final class ServiceInputs {
  private ServiceInputs() {}

  /**
   * What an event reports.
   *
   * @param occurredAt event time, epoch milliseconds, clamped to log time where it ran ahead
   */
  public static ServiceReport report(Event event, long occurredAt) {
    return new ServiceReport(occurredAt, content(event));
  }

  /** Nothing is made up for a payload that was passed unread; any other type proves life. */
  private static Content content(Event event) {
    Encoding encoding = event.getData().getEncoding();
    boolean unread = encoding == Encoding.TEXT || encoding == Encoding.BINARY;
    return switch (event.getEventType()) {
      case "service.started" ->
          unread
              ? new ServiceReport.Aside()
              : new ServiceReport.Started(info(Payloads.read(event.getData())));
      case "service.stopped" -> new ServiceReport.Stopped();
      case "health.check" ->
          unread
              ? new ServiceReport.Aside()
              : new ServiceReport.Checked(
                  Health.of(Payloads.read(event.getData()).path("status").asText("")));
      default -> new ServiceReport.Aside();
    };
  }

  private static ServiceInfo info(JsonNode payload) {
    JsonNode info = payload.path("service_info");
    return new ServiceInfo(
        info.path("name").asText(""),
        info.path("endpoint").asText(""),
        info.path("version").asText(""),
        info.path("interval_ms").asLong(0));
  }
}
