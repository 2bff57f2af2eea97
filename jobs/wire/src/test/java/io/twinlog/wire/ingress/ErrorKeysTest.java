// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.escalation.AlertInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose error an event tells of, and what it says to an alert. */
class ErrorKeysTest {
  private static Event event(String type, Encoding encoding, String payload) {
    return Event.newBuilder()
        .setId("e-1")
        .setEventType(type)
        .setSource(new EventSource("billing", "b-1", "1"))
        .setTimestamp(Instant.EPOCH)
        .setData(
            new EventData(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", encoding))
        .setMetadata(EventMetadata.newBuilder().setPriority(Priority.HIGH).build())
        .build();
  }

  private static Event event(String type, String payload) {
    return event(type, Encoding.JSON, payload);
  }

  private static Optional<AlertCommand> said(Event event) {
    return AlertInputs.reported(event, true, 7).command();
  }

  @Test
  void isOfTheDeviceTheInstanceOrElseWhoSaysSo() {
    String error = "\"error\":{\"code\":\"full\",\"message\":\"m\"}}";

    assertThat(
            ErrorKeys.of(
                event("system.error", "{\"device_id\":\"d\",\"service_id\":\"s\"," + error)))
        .isEqualTo(AlertId.key("d", "full"));
    assertThat(ErrorKeys.of(event("system.error", "{\"service_id\":\"s\"," + error)))
        .isEqualTo(AlertId.key("s", "full"));
    assertThat(ErrorKeys.of(event("system.error", "{" + error)))
        .isEqualTo(AlertId.key("billing/b-1", "full"));
    assertThat(ErrorKeys.of(event("device.online", "{\"device_id\":\"d\",\"code\":\"x\"}")))
        .isEqualTo(AlertId.key("d", "x"));
    assertThat(ErrorKeys.of(event("system.error", Encoding.TEXT, "no disk")))
        .isEqualTo(AlertId.key("billing/b-1", "system.error"));
  }

  @Test
  void saysWhatWasSaid() {
    ErrorReported full =
        (ErrorReported)
            said(event(
                    "system.error",
                    "{\"error\":{\"message\":\"m\"},\"labels\":{\"site\":\"north\"}}"))
                .orElseThrow();
    assertThat(full.severity()).as("of its priority").isEqualTo(Severity.HIGH);
    assertThat(full.labels()).containsEntry("site", "north");
    assertThat(
            ((ErrorReported) said(event("system.error", Encoding.TEXT, "no disk")).orElseThrow())
                .message())
        .isEqualTo("no disk");
    assertThat(said(event("device.offline", "{\"device_id\":\"d\"}")).orElseThrow())
        .isInstanceOf(StateReported.class);
    for (String type :
        new String[] {"device.online", "device.recovered", "system.service_restored"}) {
      assertThat(said(event(type, "{\"device_id\":\"d\"}")).orElseThrow())
          .isInstanceOf(CauseGone.class);
    }
  }

  @Test
  void takesAnAttemptToRecoverByItsIdAlone() {
    String key = AlertId.key("d", "hot");
    Event failed = event("recovery.failed", "{\"recovery_id\":\"" + key + "-5/2\"}");

    assertThat(ErrorKeys.of(failed)).isEqualTo(key);
    assertThat(said(failed)).contains(new RecoveryEnded("e-1", 5, 2, false, 7));
    assertThat(said(event("recovery.succeeded", "{\"recovery_id\":\"x\"}"))).isEmpty();
  }

  @Test
  void keepsAsMuchOfAMessageAndOfLabelsAsAnAlertMayHave() {
    StringBuilder labels = new StringBuilder();
    for (int i = 10; i < 50; i++) {
      labels.append(i == 10 ? "" : ",").append("\"l").append(i).append("\":\"v\"");
    }
    ErrorReported error =
        (ErrorReported)
            said(event(
                    "system.error",
                    "{\"error\":{\"message\":\""
                        + "x".repeat(4_000)
                        + "\"},\"labels\":{"
                        + labels
                        + ",\"a\":\""
                        + "y".repeat(1_000)
                        + "\"}}"))
                .orElseThrow();

    assertThat(error.message()).hasSize(1_024);
    assertThat(error.labels()).hasSize(16).containsKeys("a", "l10");
    assertThat(error.labels().get("a")).hasSize(256);
  }
}
