// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.SingleObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats in which envelopes arrive, and how they are told apart. */
enum WireFormat {
  JSON(List.of("application/json")),
  AVRO(List.of("application/avro", "avro/binary"));

  private static final String READ = "application/json, application/avro, avro/binary";
  private static final Pattern CHARSET_UTF8 = Pattern.compile("charset\\s*=\\s*\"?utf-8\"?");

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
      findings.add(
          DeadLetterReason.TOO_LARGE,
          ErrorCode.TOO_LARGE,
          "",
          "at most " + limits.documentBytes() + " bytes, has " + value.length);
      return Optional.empty();
    }
    WireFormat seen = SingleObject.marks(value) ? AVRO : JSON;
    if (contentType == null) {
      return Optional.of(seen);
    }
    Optional<WireFormat> said = named(contentType, findings);
    if (said.isPresent() && said.get() != seen) {
      findings.add(
          DeadLetterReason.MALFORMED,
          ErrorCode.CONTENT_TYPE_MISMATCH,
          "",
          "the content-type is "
              + Shown.text(contentType)
              + ", but the value "
              + (seen == AVRO ? "begins" : "does not begin")
              + " with Avro's single-object marker C3 01");
      return Optional.empty();
    }
    return said;
  }

  private static Optional<WireFormat> named(String contentType, Findings findings) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("charset") && !CHARSET_UTF8.matcher(parameter).matches()) {
        return unknown(contentType, findings);
      }
    }
    for (WireFormat format : values()) {
      if (format.mediaTypes.contains(parts[0].strip())) {
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
        "the content-type must be one of "
            + READ
            + ", in UTF-8, or absent; it is "
            + Shown.text(contentType));
    return Optional.empty();
  }
}
