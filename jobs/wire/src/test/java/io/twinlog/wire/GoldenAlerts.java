// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.AlertNews.Call;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.AlertState.Attempts;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.AlertVitals;
import io.twinlog.domain.escalation.GroupNews;
import io.twinlog.domain.escalation.GroupNews.Member;
import io.twinlog.domain.escalation.GroupState;
import io.twinlog.domain.escalation.GroupState.Counts;
import io.twinlog.domain.escalation.GroupState.Due;
import io.twinlog.domain.escalation.GroupState.Last;
import io.twinlog.domain.escalation.GroupState.Listed;
import io.twinlog.domain.escalation.Grouping;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Mute;
import io.twinlog.domain.escalation.Mutes;
import io.twinlog.domain.escalation.Policy.Recovery;
import io.twinlog.domain.escalation.SilenceState;
import io.twinlog.domain.escalation.SilenceVitals;
import io.twinlog.domain.escalation.Standing;
import io.twinlog.domain.escalation.Telling;
import io.twinlog.domain.escalation.Telling.Why;
import io.twinlog.domain.escalation.ToldAlert;
import io.twinlog.domain.escalation.ToldAlert.Told;
import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.AlertSnapshot;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.ErrorRecord;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotificationReceipt;
import io.twinlog.schemas.RecoveryRequest;
import io.twinlog.schemas.Silence;
import io.twinlog.wire.escalation.AlertLogCodec;
import io.twinlog.wire.escalation.AlertProjections;
import io.twinlog.wire.escalation.AlertRecords;
import io.twinlog.wire.escalation.AlertSnapshots;
import io.twinlog.wire.escalation.Notifications;
import io.twinlog.wire.escalation.Silences;
import io.twinlog.wire.ingress.ErrorKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An alert with something in every field, and all that is written of it. */
final class GoldenAlerts {
  private static final long AT = 1_767_225_600_000L;
  private static final Moment NOW = new Moment(60_000, AT);
  static final String KEY = AlertId.key("d-1", "hot");

  static final AlertState STATE =
      new AlertState(
          KEY,
          7,
          5,
          Phase.OPEN,
          "d-1",
          "hot",
          "it is 81 °C",
          Severity.HIGH,
          Severity.CRITICAL,
          59_000,
          1,
          3,
          new TreeMap<>(Map.of("model", "M", "site", "nørth")),
          List.of("e-1", "e-2"),
          AT - 2_000,
          59_500,
          "operations",
          "anna",
          1_000,
          90_000,
          new Attempts(2, true, 59_900, false),
          0,
          0);

  static final AlertVitals VITALS =
      new AlertVitals(
          Phase.OPEN,
          Severity.CRITICAL,
          3,
          90_000,
          42,
          AT - 1_000,
          59_990,
          61_000,
          4,
          50_000,
          350_000,
          true);

  static final AlertNews NEWS =
      new AlertNews(
          STATE, 42, AT - 1_000, List.of(new Call("operations", 1, true)), 2, Grouping.DEFAULT);

  static final Mute MUTE =
      new Mute(
          KEY + "/gateways",
          Mute.ALERT + KEY + "-5",
          List.of(
              new Matcher("site", Matcher.Op.EQUALS, "nørth"),
              new Matcher("code", Matcher.Op.MATCHES, "h.*")),
          99_000);

  static final ToldAlert TOLD =
      new ToldAlert(
          NEWS,
          new TreeMap<>(
              Map.of("operations", new Told(1, true, Standing.FIRING, Severity.CRITICAL))),
          "silence/works",
          70_000);

  private static final Member MEMBER =
      new Member(
          KEY + "-5",
          7,
          Severity.CRITICAL,
          "d-1",
          "hot",
          "it is 81 °C",
          STATE.labels(),
          AT - 2_000,
          STATE.causes());

  static final GroupNews GROUP_NEWS =
      new GroupNews(
          "operations",
          1,
          true,
          true,
          Standing.MUTED,
          Standing.FIRING,
          Severity.HIGH,
          MEMBER,
          Grouping.DEFAULT,
          0);

  static final GroupState GROUP =
      new GroupState(
          GROUP_NEWS.groupKey(),
          "operations",
          new TreeMap<>(Map.of("site", "nørth")),
          30_000,
          AT - 30_000,
          List.of(
              new Listed(MEMBER, Standing.FIRING, Severity.HIGH, 0),
              new Listed(MEMBER, Standing.RESOLVED, null, AT)),
          new Counts(1, 0, 2, List.of(0, 0, 0, 1)),
          false,
          3,
          40_000,
          80_000,
          new Due(1, true, true, 2, 1),
          new Last(4, Severity.HIGH),
          Grouping.DEFAULT);

  static final SilenceState SILENCE =
      new SilenceState(
          "silence/works",
          2,
          SilenceState.Phase.ACTIVE,
          MUTE.matchers(),
          new Author("anna", "works on site"),
          AT - 60_000,
          AT + 60_000,
          120_000,
          0);

  static final SilenceVitals SILENCE_VITALS =
      new SilenceVitals(SilenceState.Phase.ACTIVE, 120_000, 59_000);

  private GoldenAlerts() {}

  static Mutes mutes() {
    Mutes mutes = new Mutes();
    mutes.hear(MUTE, 40_000);
    mutes.hear(SILENCE.mute(), 41_000);
    return mutes;
  }

  static ErrorRecord error() {
    String payload =
        "{\"device_id\":\"d-1\",\"error\":{\"code\":\"hot\",\"severity\":\"high\",\"message\":\"it is 81 °C\"},\"labels\":{\"site\":\"nørth\"}}";
    Event event =
        Event.newBuilder()
            .setId("e-1")
            .setEventType("device.error")
            .setSource(new EventSource("twinlog", "d-1", "1"))
            .setTimestamp(Instant.ofEpochMilli(AT))
            .setData(
                new EventData(
                    ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON))
            .setMetadata(EventMetadata.newBuilder().setCorrelationId("c-0").build())
            .build();
    return AlertRecords.error(event, ErrorKeys.payload(event), Severity.HIGH, AT - 1, 4);
  }

  static Recorded<AlertEvent> recorded(AlertEvent event) {
    return new Recorded<>(7, NOW, AT - 500, Cause.ANNOUNCED, event);
  }

  static final Recorded<AlertEvent> OPENED =
      recorded(
          new AlertEvent.Opened(
              new ErrorReported(
                  "e-1", "d-1", "hot", Severity.HIGH, "it is", STATE.labels(), AT - 2_000),
              Severity.CRITICAL,
              3));

  static AlertLog log() {
    return AlertLogCodec.toAvro(STATE, OPENED, new AlertLogCodec.Flow("c-0", "e-1", 4));
  }

  static AlertSnapshot snapshot() {
    return AlertSnapshots.toAvro(STATE);
  }

  static io.twinlog.schemas.AlertState projection() {
    return AlertProjections.toAvro(NEWS, "silence/works", NOW, 4);
  }

  static RecoveryRequest recovery() {
    return AlertRecords.recovery(STATE, new Recovery(5, 10_000, 60_000, 30_000), AT);
  }

  static Silence silence() {
    return Silences.toAvro(SILENCE);
  }

  static NotificationReceipt receipt() {
    return new NotificationReceipt(
        "g-x-30000/4",
        "g-x-30000",
        "operations",
        "webhook",
        "rejected",
        2,
        404,
        "answered with status 404",
        Instant.ofEpochMilli(AT),
        1_500L);
  }

  static Notification notification() {
    Telling telling = new Telling(GROUP, 4, Why.CHANGED, 2, true, GROUP.members(), NOW);
    return Notifications.toAvro(telling, 4);
  }
}
