// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a record became a dead letter: the closed list of header {@code dlq.reason}. What exactly is
 * wrong is not said here, but by the reasons in {@code dlq.errors}.
 */
public enum DeadLetterReason {
  MALFORMED("the value cannot be read as JSON or Avro"),
  INVALID_ENVELOPE("a field of the envelope is missing or breaks its rule"),
  UNKNOWN_EVENT_TYPE("the catalogue has no schema of the event type, and must have one"),
  UNSUPPORTED_SCHEMA_VERSION("the catalogue knows the event type, but not this version of it"),
  INVALID_PAYLOAD("the payload cannot be read, or breaks its schema or what the rules require"),
  TOO_LARGE("the value is over a limit of the decoder: bytes, depth, length of a string or name"),
  EXPIRED("its time to live had passed when it was read"),
  STOPPED("a middleware stopped it"),
  NO_HANDLER("no handler is registered for the event type, and one is required"),
  UNKNOWN_DEVICE("no such device is registered"),
  DECOMMISSIONED("the device is decommissioned"),
  UNKNOWN_DATA_ID("no telemetry record with this data id waits for a result"),
  UNKNOWN_SERVICE("there is no service instance with this id"),
  HANDLER_FAILED("the handler of the event failed"),
  ATTEMPTS_EXHAUSTED(
      "it failed again in the last attempt that it may have; the errors say at what"),
  PARKED_OVERFLOW("too many records were parked already");

  private final String meaning;

  DeadLetterReason(String meaning) {
    this.meaning = meaning;
  }

  /** As it is written in the header: {@code invalid_envelope}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line for the error reference. */
  public String meaning() {
    return meaning;
  }

  public static Optional<DeadLetterReason> of(String text) {
    return Arrays.stream(values()).filter(reason -> reason.text().equals(text)).findFirst();
  }
}
