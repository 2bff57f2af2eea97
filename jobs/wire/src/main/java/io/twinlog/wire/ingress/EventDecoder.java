// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.cloudevents.CloudEvents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decodes what arrives on ingress, and checks it against every rule of envelope, catalogue and
 * payload: our envelope in JSON or Avro, CloudEvents in either mode. It never throws on any bytes,
 * and does not look at time: expiry and skew need log time.
 *
 * <p>Not for threads to share.
 */
public final class EventDecoder {
  private final Catalogue catalogue;
  private final DecoderLimits limits;
  private final JsonEnvelopes json;
  private final AvroEnvelopes avro = new AvroEnvelopes();
  private final CloudEventReader cloudEvents;
  private final PayloadReader payloads;

  public EventDecoder(Catalogue catalogue, DecoderLimits limits) {
    TreeReader trees = new TreeReader(limits);
    this.catalogue = catalogue;
    this.limits = limits;
    this.json = new JsonEnvelopes(trees);
    this.cloudEvents = new CloudEventReader(trees);
    this.payloads = new PayloadReader(trees, catalogue.avroWriters());
  }

  /**
   * An envelope that was read, perhaps with holes that are reported.
   *
   * @param payload its tree, where the document gave it along with the envelope
   */
  record Draft(Event event, Optional<JsonNode> payload) {}

  /**
   * The event of a value without headers of its own, or all that is wrong.
   *
   * @param value may be null, as on Kafka
   * @param contentType of the record's header; null: there is none
   */
  public Decoded<Event> decode(byte[] value, String contentType) {
    Findings findings = new Findings();
    return decoded(draft(value, contentType, findings), findings);
  }

  /**
   * The event of a record, or all that is wrong. A header {@code ce_specversion} makes it a
   * CloudEvent, whatever its content type, unless that names the structured mode.
   *
   * @param value may be null, as on Kafka
   */
  public Decoded<Event> decodeRecord(byte[] value, List<Header> headers) {
    String contentType = Header.text(headers, HeaderNames.CONTENT_TYPE).orElse(null);
    boolean structured = contentType != null && WireFormat.isCloudEvents(contentType);
    if (structured || !CloudEvents.isBinary(headers)) {
      return decode(value, contentType);
    }
    Findings findings = new Findings();
    return decoded(cloudEvents.binary(value, headers, findings), findings);
  }

  private Optional<Draft> draft(byte[] value, String contentType, Findings findings) {
    return WireFormat.of(value, contentType, limits, findings)
        .flatMap(
            format ->
                switch (format) {
                  case JSON -> json.event(value, findings);
                  case AVRO ->
                      avro.event(value, findings).map(event -> new Draft(event, Optional.empty()));
                  case CLOUD_EVENT -> cloudEvents.structured(value, findings);
                });
  }

  private Decoded<Event> decoded(Optional<Draft> draft, Findings findings) {
    draft.ifPresent(
        read -> {
          new EnvelopeRules(findings).check(read.event);
          checkPayload(read, findings);
        });
    return findings.isEmpty()
        ? new Decoded.Valid<>(draft.orElseThrow().event)
        : findings.rejected();
  }

  private void checkPayload(Draft draft, Findings findings) {
    EventData data = draft.event.getData();
    Optional<PayloadSchema> schema = schema(draft.event, findings);
    if (data.getPayload() == null || data.getEncoding() == null) {
      return;
    }
    // Also without a schema: whatever passes can be read by those who come after.
    Optional<JsonNode> payload =
        draft.payload.isPresent() ? draft.payload : payloads.read(data, findings);
    if (schema.isPresent() && payload.isPresent()) {
      schema.get().check(payload.get(), Part.EVENT_PAYLOAD, findings);
    }
  }

  private Optional<PayloadSchema> schema(Event event, Findings findings) {
    String type = event.getEventType();
    String version = event.getData().getSchemaVersion();
    if (type == null || findings.at("event_type")) {
      return Optional.empty();
    }
    Map<String, PayloadSchema> versions = catalogue.versions(type);
    if (versions.isEmpty() && catalogue.mustKnow(type)) {
      findings.add(
          DeadLetterReason.UNKNOWN_EVENT_TYPE,
          ErrorCode.UNKNOWN_EVENT_TYPE,
          "event_type",
          "must be a type of the catalogue, is " + Shown.text(type));
    }
    if (versions.isEmpty() || version == null || findings.at("data.schema_version")) {
      return Optional.empty();
    }
    if (!versions.containsKey(version)) {
      findings.add(
          DeadLetterReason.UNSUPPORTED_SCHEMA_VERSION,
          ErrorCode.UNSUPPORTED_SCHEMA_VERSION,
          "data.schema_version",
          "must be one of "
              + new TreeSet<>(versions.keySet())
              + " for "
              + type
              + ", is "
              + Shown.text(version));
    }
    return Optional.ofNullable(versions.get(version));
  }
}
