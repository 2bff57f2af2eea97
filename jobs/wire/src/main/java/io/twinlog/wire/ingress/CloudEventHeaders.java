// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.cloudevents.CloudEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the attributes of a CloudEvent from the headers of a record: names, UTF-8, lengths. What an
 * attribute may say is not looked at. Source: CloudEvents' Kafka binding, 3.2.3.
 */
final class CloudEventHeaders {
  private final DecoderLimits limits;

  CloudEventHeaders(DecoderLimits limits) {
    this.limits = limits;
  }

  /** By their names, the content type as {@code datacontenttype}; a null value is not there. */
  ObjectNode attributes(List<Header> headers, Findings findings) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    for (Header header : headers) {
      if (header.value() == null) {
        continue;
      }
      if (header.key().equals(HeaderNames.CONTENT_TYPE)) {
        add("datacontenttype", header.value(), attributes, findings);
      } else if (header.key().startsWith(CloudEvents.HEADER_PREFIX)) {
        String name = header.key().substring(CloudEvents.HEADER_PREFIX.length());
        if (CloudEventReader.isName(name)) {
          add(name, header.value(), attributes, findings);
        } else {
          CloudEventReader.badName(name, findings);
        }
      }
    }
    return attributes;
  }

  private void add(String name, byte[] value, ObjectNode attributes, Findings findings) {
    String path = Shown.name(name);
    if (name.length() > limits.nameLength()) {
      tooLong(path, "a name", limits.nameLength(), name, findings);
      return;
    }
    if (attributes.has(name)) {
      findings.add(
          DeadLetterReason.MALFORMED, ErrorCode.DUPLICATE_KEY, path, "the header is there twice");
      return;
    }
    int ill = Utf8Form.firstIllFormed(value);
    if (ill >= 0) {
      findings.add(
          DeadLetterReason.MALFORMED,
          ErrorCode.NOT_UTF8,
          path,
          String.format("the header must be UTF-8, is not at byte %d: %02x", ill, value[ill]));
      attributes.putNull(name);
      return;
    }
    String text = new String(value, StandardCharsets.UTF_8);
    if (Texts.longerThan(text, limits.stringLength())) {
      tooLong(path, "a header", limits.stringLength(), text, findings);
    }
    attributes.put(name, text);
  }

  private static void tooLong(String path, String what, int most, String text, Findings findings) {
    findings.add(
        DeadLetterReason.TOO_LARGE,
        ErrorCode.TOO_LONG,
        path,
        what + " has at most " + most + " characters, this is " + Shown.text(text));
  }
}
