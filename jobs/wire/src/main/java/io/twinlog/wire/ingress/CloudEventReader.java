// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.cloudevents.DataSchemas;
import io.twinlog.wire.cloudevents.UriReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads CloudEvents 1.0 into events: structured JSON, and the binary mode of the Kafka binding. Its
 * errors, and those of later checks, have the paths of CloudEvents. Which values the fields may
 * have is for {@link EnvelopeRules}. Source: docs/cloudevents.md.
 */
final class CloudEventReader {
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final String CONTENT_TYPE = "datacontenttype";
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  private final TreeReader trees;
  private final CloudEventHeaders headers;

  CloudEventReader(TreeReader trees) {
    this.trees = trees;
    this.headers = new CloudEventHeaders(trees.limits());
  }

  /** Whether a name can be that of an attribute. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals(DATA);
  }

  /** Empty when there is no object, or of another version; what is wrong is reported. */
  Optional<EventDecoder.Draft> structured(byte[] value, Findings findings) {
    return trees
        .json(value, Part.CLOUD_EVENT, findings)
        .flatMap(
            document ->
                Fields.of(document.root(), findings)
                    .flatMap(fields -> structured(document, fields, findings)));
  }

  private static Optional<EventDecoder.Draft> structured(
      Document document, Fields fields, Findings findings) {
    document
        .root()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!isName(name) && !name.equals(DATA) && !name.equals(DATA_BASE64)) {
                badName(name, findings);
              }
            });
    if (!isOfOurVersion(fields, findings)) {
      return Optional.empty();
    }
    Event event = event(fields, findings);
    boolean inBase64 = !fields.isUnset(DATA_BASE64);
    Optional<JsonNode> payload =
        inBase64
            ? base64(fields, event.getData(), findings)
            : json(fields, document, event.getData(), findings);
    findings.speak(terms(fields, inBase64 ? DATA_BASE64 : DATA));
    return Optional.of(new EventDecoder.Draft(event, payload));
  }

  static void badName(String name, Findings findings) {
    findings.envelope(
        ErrorCode.BAD_FORMAT,
        Shown.name(name),
        name.equals(DATA)
            ? "is the value of the record, and no attribute"
            : "the name of an attribute must be of a-z and 0-9 alone, is " + Shown.text(name));
  }

  /** Of another version nobody knows what the rest means; where it is missing that is told, too. */
  private static boolean isOfOurVersion(Fields fields, Findings findings) {
    String version = fields.requiredText("specversion");
    if (version == null || version.equals(CloudEvents.SPECVERSION)) {
      return true;
    }
    findings.envelope(
        ErrorCode.UNKNOWN_VALUE,
        "specversion",
        "must be " + CloudEvents.SPECVERSION + ", is " + Shown.text(version));
    return false;
  }

  /** All but the payload. */
  private static Event event(Fields fields, Findings findings) {
    Event event = new Event();
    event.setId(fields.requiredText("id"));
    event.setEventType(fields.requiredText("type"));
    event.setSource(source(fields, findings));
    Instant time = fields.requiredTime("time");
    if (time != null) {
      // The generated setter truncates, and takes no null.
      event.setTimestamp(time);
    }
    EventData data = new EventData();
    data.setSchemaVersion(schemaVersion(fields, event.getEventType(), findings));
    event.setData(data);
    event.setMetadata(metadata(fields));
    return event;
  }

  private static EventSource source(Fields fields, Findings findings) {
    String source = fields.requiredText("source");
    String subject = fields.text("subject");
    String version = fields.text("sourceversion", "0");
    Optional<UriReference> uri = Optional.ofNullable(source).flatMap(UriReference::of);
    if (uri.isPresent()) {
      return CloudEventSources.of(uri.get(), source, subject, version);
    }
    if (source != null) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          "source",
          "must be a URI-reference (RFC 3986, 4.1): other characters are percent-encoded; is "
              + Shown.text(source));
    }
    return new EventSource(null, subject, version);
  }

  private static String schemaVersion(Fields fields, String type, Findings findings) {
    String schema = fields.text("dataschema");
    if (schema == null || type == null) {
      return DataSchemas.DEFAULT_VERSION;
    }
    if (UriReference.of(schema).filter(uri -> !uri.scheme().isEmpty()).isEmpty()) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          "dataschema",
          "must be a URI with a scheme (RFC 3986, 4.3), is " + Shown.text(schema));
      return null;
    }
    Optional<String> version = DataSchemas.version(schema, type);
    if (version.isEmpty()) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          "dataschema",
          "must be of the type of the event, such as "
              + Shown.name(DataSchemas.uri(type, DataSchemas.DEFAULT_VERSION))
              + ", is "
              + Shown.text(schema));
    }
    return version.orElse(null);
  }

  private static EventMetadata metadata(Fields fields) {
    return new EventMetadata(
        fields.text("correlationid"),
        fields.text("causationid"),
        fields.text("userid"),
        fields.text("sessionid"),
        fields.digits("sequence"),
        fields.oneOf("priority", Priority.class, Priority.NORMAL),
        fields.digits("ttl"),
        fields.text("traceparent"));
  }

  private static CloudEventTerms terms(Fields fields, String data) {
    return new CloudEventTerms(fields.text("subject") == null ? "source" : "subject", data);
  }

  /** How the payload is read; null when the content type is none, which is reported. */
  private static Encoding encoding(Fields fields, String absent, Findings findings) {
    String contentType = fields.text(CONTENT_TYPE, absent);
    if (contentType == null) {
      return null;
    }
    MediaType type = MediaType.of(contentType);
    if (!type.isWellFormed()) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          CONTENT_TYPE,
          "must be a media type, such as application/json, is " + Shown.text(contentType));
      return null;
    }
    Encoding encoding = type.encoding();
    if (!type.utf8() && (encoding == Encoding.JSON || encoding == Encoding.TEXT)) {
      findings.envelope(
          ErrorCode.UNKNOWN_CONTENT_TYPE,
          CONTENT_TYPE,
          "JSON and text are read in UTF-8, is " + Shown.text(contentType));
      return null;
    }
    return encoding;
  }

  private static Optional<JsonNode> base64(Fields fields, EventData data, Findings findings) {
    data.setEncoding(encoding(fields, JSON, findings));
    if (fields.any(DATA) != null) {
      findings.add(
          DeadLetterReason.MALFORMED,
          ErrorCode.DUPLICATE_KEY,
          DATA_BASE64,
          "there must be data or data_base64, not both");
    }
    String text = fields.text(DATA_BASE64);
    if (text != null) {
      JsonEnvelopes.base64(text, DATA_BASE64, findings)
          .ifPresent(bytes -> data.setPayload(ByteBuffer.wrap(bytes)));
    }
    return Optional.empty();
  }

  /** Gives the payload's tree where the content type is one of JSON. */
  private static Optional<JsonNode> json(
      Fields fields, Document document, EventData data, Findings findings) {
    data.setEncoding(encoding(fields, JSON, findings));
    JsonNode payload = fields.required(DATA);
    if (payload == null || data.getEncoding() == null) {
      return Optional.empty();
    }
    switch (data.getEncoding()) {
      case JSON -> {
        data.setPayload(ByteBuffer.wrap(document.kept()));
        return Optional.of(payload);
      }
      case TEXT, BINARY -> {
        if (payload.isTextual()) {
          byte[] bytes = payload.textValue().getBytes(StandardCharsets.UTF_8);
          data.setPayload(ByteBuffer.wrap(bytes));
        } else {
          fields.wrongType(DATA, "a string where the datacontenttype is not of JSON", payload);
        }
      }
      case AVRO, CBOR ->
          fields.wrongType(
              DATA, "data_base64 where the datacontenttype is of " + data.getEncoding(), payload);
    }
    return Optional.empty();
  }

  /** As {@link #structured}. */
  Optional<EventDecoder.Draft> binary(byte[] value, List<Header> given, Findings findings) {
    ObjectNode attributes = headers.attributes(given, findings);
    Fields fields = Fields.of(attributes, findings).orElseThrow();
    if (!isOfOurVersion(fields, findings)) {
      return Optional.empty();
    }
    Event event = event(fields, findings);
    EventData data = event.getData();
    data.setEncoding(encoding(fields, BYTES, findings));
    if (value == null) {
      fields.missing(DATA);
    } else if (value.length > trees.limits().documentBytes()) {
      WireFormat.tooLarge(value, DATA, trees.limits(), findings);
    } else {
      data.setPayload(ByteBuffer.wrap(value));
    }
    findings.speak(terms(fields, DATA));
    return Optional.of(new EventDecoder.Draft(event, Optional.empty()));
  }
}
