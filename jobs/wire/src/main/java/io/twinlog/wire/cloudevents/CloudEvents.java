// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.json.AvroJson;
import io.twinlog.wire.json.ExactJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Writes events as CloudEvents 1.0, in both modes of its Kafka binding; what is at its default is
 * left out. The way back is that of ingress: {@code EventDecoder}. It checks no event. Source:
 * docs/cloudevents.md.
 */
public final class CloudEvents {
  /** The one version of the specification that is written and read. */
  public static final String SPECVERSION = "1.0";

  /** Content type of the structured mode in JSON. */
  public static final String STRUCTURED_JSON = "application/cloudevents+json";

  /** What content types of the structured mode begin with, in any format. */
  public static final String STRUCTURED = "application/cloudevents";

  /** What the names of headers begin with, in binary mode. */
  public static final String HEADER_PREFIX = "ce_";

  /** The header that tells the binary mode. */
  public static final String SPECVERSION_HEADER = HEADER_PREFIX + "specversion";

  /** Zeros before a sequence: text is compared character by character. */
  private static final String SEQUENCE_FORM = "%019d";

  private CloudEvents() {}

  /** Whether a record that is not in structured mode is in binary mode; a null value tells none. */
  public static boolean isBinary(List<Header> headers) {
    for (Header header : headers) {
      if (header.key().equals(SPECVERSION_HEADER) && header.value() != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * An event in binary mode.
   *
   * @param headers in UTF-8, the content type of the value among them
   */
  public record Binary(List<Header> headers, byte[] value) {}

  /**
   * The event in structured mode: one JSON object. A payload in JSON stands in it as it is, white
   * space and all.
   */
  public static String structured(Event event) {
    ObjectNode attributes = attributes(event);
    EventData data = event.getData();
    attributes.put("datacontenttype", contentType(data.getEncoding()));
    byte[] payload = bytes(data.getPayload());
    Optional<String> text =
        switch (data.getEncoding()) {
          case JSON -> ExactJson.parse(payload).flatMap(tree -> ExactJson.text(payload));
          case TEXT -> ExactJson.text(payload).map(CloudEvents::quoted);
          case AVRO, CBOR, BINARY -> Optional.empty();
        };
    String member =
        text.map(json -> "\"data\":" + json)
            .orElseGet(
                () -> "\"data_base64\":\"" + Base64.getEncoder().encodeToString(payload) + '"');
    String head = attributes.toString();
    return head.substring(0, head.length() - 1) + ',' + member + '}';
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  /** The event in binary mode: its payload, and all else in headers. */
  public static Binary binary(Event event) {
    List<Header> headers = new ArrayList<>();
    attributes(event)
        .properties()
        .forEach(
            attribute ->
                headers.add(
                    Header.of(HEADER_PREFIX + attribute.getKey(), attribute.getValue().asText())));
    EventData data = event.getData();
    headers.add(Header.of(HeaderNames.CONTENT_TYPE, contentType(data.getEncoding())));
    return new Binary(List.copyOf(headers), bytes(data.getPayload()));
  }

  /** All but the content type. */
  private static ObjectNode attributes(Event event) {
    ObjectNode attributes =
        JsonNodeFactory.instance
            .objectNode()
            .put("specversion", SPECVERSION)
            .put("id", event.getId())
            .put("source", SourceNames.uri(event.getSource().getServiceId()))
            .put("type", event.getEventType())
            .put("subject", event.getSource().getComponentId())
            .put("time", AvroJson.instant(event.getTimestamp()));
    String schemaVersion = event.getData().getSchemaVersion();
    if (!schemaVersion.equals(DataSchemas.DEFAULT_VERSION)) {
      attributes.put("dataschema", DataSchemas.uri(event.getEventType(), schemaVersion));
    }
    if (!event.getSource().getVersion().equals("0")) {
      attributes.put("sourceversion", event.getSource().getVersion());
    }
    extensions(event.getMetadata(), attributes);
    return attributes;
  }

  private static void extensions(EventMetadata metadata, ObjectNode attributes) {
    putKnown(attributes, "correlationid", metadata.getCorrelationId());
    putKnown(attributes, "causationid", metadata.getCausationId());
    putKnown(attributes, "userid", metadata.getUserId());
    putKnown(attributes, "sessionid", metadata.getSessionId());
    if (metadata.getSequence() != null) {
      attributes.put("sequence", String.format(SEQUENCE_FORM, metadata.getSequence()));
    }
    if (metadata.getPriority() != Priority.NORMAL) {
      attributes.put("priority", metadata.getPriority().name());
    }
    putTtl(attributes, metadata.getTtl());
    putKnown(attributes, "traceparent", metadata.getTraceparent());
  }

  private static void putKnown(ObjectNode attributes, String name, String value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  /** An integer of CloudEvents has 32 bits; a larger one is text. */
  private static void putTtl(ObjectNode attributes, Long ttl) {
    if (ttl == null) {
      return;
    }
    if (ttl <= Integer.MAX_VALUE) {
      attributes.put("ttl", ttl.intValue());
    } else {
      attributes.put("ttl", Long.toString(ttl));
    }
  }

  private static String contentType(Encoding encoding) {
    return switch (encoding) {
      case JSON -> "application/json";
      case AVRO -> "application/avro";
      case CBOR -> "application/cbor";
      case TEXT -> "text/plain; charset=utf-8";
      case BINARY -> "application/octet-stream";
    };
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}
