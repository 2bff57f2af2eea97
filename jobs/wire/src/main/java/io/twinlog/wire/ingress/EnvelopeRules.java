// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.wire.ErrorCode;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What the fields of an envelope may be, however it was written. A field that is null was absent or
 * is reported already; payloads are not looked at.
 */
final class EnvelopeRules {
  static final int ID_MAX = 64;
  static final int NAME_MAX = 128;
  static final int SCHEMA_VERSION_MAX = 64;
  static final int TRACEPARENT_MAX = 256;
  private static final int EVENT_TYPE_MAX = 128;

  /** Integers that every reader of JSON keeps exact; timestamp + ttl cannot overflow. */
  static final long TTL_MAX = (1L << 53) - 1;

  /** A day before 1970: with its offset, a timestamp of a device whose clock is not set. */
  private static final Instant EARLIEST = Instant.parse("1969-12-31T00:00:00Z");

  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Pattern EVENT_TYPE =
      Pattern.compile("[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)+");

  private final Findings findings;

  EnvelopeRules(Findings findings) {
    this.findings = findings;
  }

  void check(Event event) {
    name("id", event.getId(), ID_MAX);
    eventType(event.getEventType());
    EventSource source = event.getSource();
    if (source != null) {
      name("source.service_id", source.getServiceId(), NAME_MAX);
      name("source.component_id", source.getComponentId(), NAME_MAX);
      name("source.version", source.getVersion(), NAME_MAX);
    }
    instant("timestamp", event.getTimestamp());
    EventData data = event.getData();
    if (data != null) {
      name("data.schema_version", data.getSchemaVersion(), SCHEMA_VERSION_MAX);
    }
    metadata(event.getMetadata());
  }

  void check(Command command) {
    name("id", command.getId(), ID_MAX);
    name("command", command.getCommand(), NAME_MAX);
    name("aggregate_id", command.getAggregateId(), NAME_MAX);
    range("expected_version", command.getExpectedVersion(), Long.MAX_VALUE);
    range("ttl", command.getTtl(), TTL_MAX);
    name("author", command.getAuthor(), NAME_MAX);
    instant("timestamp", command.getTimestamp());
    metadata(command.getMetadata());
  }

  private void metadata(EventMetadata metadata) {
    name("metadata.correlation_id", metadata.getCorrelationId(), NAME_MAX);
    name("metadata.causation_id", metadata.getCausationId(), NAME_MAX);
    name("metadata.user_id", metadata.getUserId(), NAME_MAX);
    name("metadata.session_id", metadata.getSessionId(), NAME_MAX);
    range("metadata.sequence", metadata.getSequence(), Long.MAX_VALUE);
    range("metadata.ttl", metadata.getTtl(), TTL_MAX);
    name("metadata.traceparent", metadata.getTraceparent(), TRACEPARENT_MAX);
  }

  private void name(String path, String value, int most) {
    if (value == null) {
      return;
    }
    if (value.isEmpty()) {
      findings.envelope(
          ErrorCode.TOO_SHORT, path, "must be 1 to " + most + " characters, is empty");
    }
    if (Texts.longerThan(value, most)) {
      findings.envelope(
          ErrorCode.TOO_LONG,
          path,
          "must be 1 to "
              + most
              + " characters, has "
              + Texts.length(value)
              + ": "
              + Shown.text(value));
    }
    if (Texts.hasControl(value)) {
      findings.envelope(
          ErrorCode.CONTROL_CHARACTER,
          path,
          "must not hold control characters, is " + Shown.text(value));
    }
  }

  private void eventType(String value) {
    if (value == null) {
      return;
    }
    if (Texts.longerThan(value, EVENT_TYPE_MAX)) {
      findings.envelope(
          ErrorCode.TOO_LONG,
          "event_type",
          "must be at most "
              + EVENT_TYPE_MAX
              + " characters, has "
              + Texts.length(value)
              + ": "
              + Shown.text(value));
    } else if (!isEventType(value)) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          "event_type",
          "must be two or more segments of a-z, 0-9 and _ that begin with a letter, joined by"
              + " dots, such as data.collected, is "
              + Shown.text(value));
    }
  }

  static boolean isEventType(String text) {
    return text.length() <= EVENT_TYPE_MAX && EVENT_TYPE.matcher(text).matches();
  }

  private void instant(String path, Instant value) {
    if (value != null && (value.isBefore(EARLIEST) || value.isAfter(LATEST))) {
      findings.envelope(
          ErrorCode.OUT_OF_RANGE,
          path,
          "must be in the years 1970 to 9999, is " + value.toEpochMilli() + " ms after 1970");
    }
  }

  private void range(String path, Long value, long most) {
    if (value != null && (value < 0 || value > most)) {
      findings.envelope(ErrorCode.OUT_OF_RANGE, path, "must be 0 to " + most + ", is " + value);
    }
  }
}
