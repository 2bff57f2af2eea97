// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.cloudevents.UriReference;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What sending an event in JSON takes: whose it is, whether it is a CloudEvent in structured mode,
 * whose content type must say so, and how urgent it is. It judges nothing.
 *
 * @param deviceId as {@link DeviceIds#of}; empty when none can be found
 * @param priority NORMAL where it says none, or no known one
 */
public record JsonLine(Optional<String> deviceId, boolean cloudEvent, Priority priority) {
  private static final TreeReader LINES = new TreeReader(DecoderLimits.LARGEST);

  /** Of any bytes. */
  public static JsonLine of(byte[] line) {
    // What is wrong with the line is for a decoder to say; here it only means that there is no id.
    return LINES
        .json(line, Part.EVENT, new Findings())
        .map(Document::root)
        .map(
            root ->
                isCloudEvent(root)
                    ? new JsonLine(
                        device(root.path("data")).or(() -> component(root)),
                        true,
                        priority(root.path("priority")))
                    : new JsonLine(
                        device(root.path("data").path("payload"))
                            .or(() -> id(root.path("source").path("component_id"))),
                        false,
                        priority(root.path("metadata").path("priority"))))
        .orElse(new JsonLine(Optional.empty(), false, Priority.NORMAL));
  }

  private static Priority priority(JsonNode told) {
    String text = told.asText("").toUpperCase(Locale.ROOT);
    return Arrays.stream(Priority.values())
        .filter(priority -> priority.name().equals(text))
        .findFirst()
        .orElse(Priority.NORMAL);
  }

  /** Whether it can be nothing else: our envelope has a field that CloudEvents cannot have. */
  static boolean isCloudEvent(JsonNode root) {
    return root.has("specversion") && !root.has("event_type");
  }

  private static Optional<String> device(JsonNode payload) {
    return id(payload.path(DeviceIds.DEVICE_ID));
  }

  private static Optional<String> component(JsonNode root) {
    String source = root.path("source").asText();
    String subject = root.path("subject").textValue();
    return UriReference.of(source)
        .map(uri -> CloudEventSources.of(uri, source, subject, ""))
        .map(EventSource::getComponentId)
        .or(() -> Optional.ofNullable(subject))
        .filter(DeviceIds::isId);
  }

  private static Optional<String> id(JsonNode node) {
    return Optional.of(node)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(DeviceIds::isId);
  }
}
