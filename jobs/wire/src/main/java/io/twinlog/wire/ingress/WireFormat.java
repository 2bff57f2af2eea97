// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.cloudevents.CloudEvents;
import java.util.List;
import java.util.Optional;

/** The formats in which envelopes arrive, and how they are told apart. */
enum WireFormat {
  JSON(List.of("application/json")),
  AVRO(List.of("application/avro", "avro/binary")),
  CLOUD_EVENT(List.of(CloudEvents.STRUCTURED_JSON));

  private static final String READ =
      "application/json, application/avro, avro/binary, " + CloudEvents.STRUCTURED_JSON;
  private static final String BATCH = "application/cloudevents-batch";

  private final List<String> mediaTypes;

  WireFormat(List<String> mediaTypes) {
    this.mediaTypes = mediaTypes;
  }

  /**
   * By the first bytes; a content type must not contradict them. Empty and reported where there is
   * nothing, too much, or no such format.
   *
   * @param value may be null, as on Kafka
   * @param contentType may be null: no header
   */
  static Optional<WireFormat> of(
      byte[] value, String contentType, DecoderLimits limits, Findings findings) {
    if (value == null || value.length == 0) {
      findings.add(DeadLetterReason.MALFORMED, ErrorCode.EMPTY, "", "the record has no value");
      return Optional.empty();
    }
    if (value.length > limits.documentBytes()) {
      tooLarge(value, "", limits, findings);
      return Optional.empty();
    }
    boolean marked = SingleObject.marks(value);
    if (contentType == null) {
      return Optional.of(marked ? AVRO : JSON);
    }
    Optional<WireFormat> said = named(contentType, findings);
    if (said.isPresent() && marked != (said.get() == AVRO)) {
      findings.add(
          DeadLetterReason.MALFORMED,
          ErrorCode.CONTENT_TYPE_MISMATCH,
          "",
          "the content-type is "
              + Shown.text(contentType)
              + ", but the value "
              + (marked ? "begins" : "does not begin")
              + " with Avro's single-object marker C3 01");
      return Optional.empty();
    }
    return said;
  }

  static void tooLarge(byte[] value, String path, DecoderLimits limits, Findings findings) {
    findings.add(
        DeadLetterReason.TOO_LARGE,
        ErrorCode.TOO_LARGE,
        path,
        "at most " + limits.documentBytes() + " bytes, has " + value.length);
  }

  /** Whether a content type tells the structured mode of CloudEvents, in a format read or not. */
  static boolean isCloudEvents(String contentType) {
    return MediaType.of(contentType).name().startsWith(CloudEvents.STRUCTURED);
  }

  private static Optional<WireFormat> named(String contentType, Findings findings) {
    MediaType type = MediaType.of(contentType);
    for (WireFormat format : values()) {
      if (type.utf8() && format.mediaTypes.contains(type.name())) {
        return Optional.of(format);
      }
    }
    return unknown(contentType, findings);
  }

  private static Optional<WireFormat> unknown(String contentType, Findings findings) {
    findings.add(
        DeadLetterReason.MALFORMED,
        ErrorCode.UNKNOWN_CONTENT_TYPE,
        "",
        rule(MediaType.of(contentType).name()) + Shown.text(contentType));
    return Optional.empty();
  }

  private static String rule(String name) {
    if (name.startsWith(BATCH)) {
      return "CloudEvents come one a record, the Kafka binding has no batches; the content-type is ";
    }
    return "the content-type must be one of " + READ + ", in UTF-8, or absent; it is ";
  }

  /** Reports that a command came as a CloudEvent, which only events may. */
  static void noCommand(String contentType, Findings findings) {
    findings.add(
        DeadLetterReason.MALFORMED,
        ErrorCode.UNKNOWN_CONTENT_TYPE,
        "",
        "a command is no CloudEvent; the content-type is " + Shown.text(contentType));
  }
}
