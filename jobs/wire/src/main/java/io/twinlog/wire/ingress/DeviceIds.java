// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.Event;
import java.util.Optional;

/** Finds the id of the device that an event is about. Does not know whether there is one. */
public final class DeviceIds {
  private static final String DEVICE_ID = "device_id";
  private static final TreeReader LINES = new TreeReader(DecoderLimits.LARGEST);

  private DeviceIds() {}

  /** {@code device_id} of the payload, where it is one, else {@code source.component_id}. */
  public static String of(Event event) {
    return Payloads.text(event.getData(), DEVICE_ID)
        .filter(DeviceIds::isId)
        .orElseGet(() -> event.getSource().getComponentId());
  }

  /**
   * The same of a JSON envelope that nobody has checked yet. Empty when none can be found, whatever
   * the bytes are.
   */
  public static Optional<String> ofLine(byte[] jsonLine) {
    // What is wrong with the line is for a decoder to say; here it only means that there is no id.
    return LINES
        .json(jsonLine, Part.EVENT, new Findings())
        .map(Document::root)
        .flatMap(
            root ->
                id(root.path("data").path("payload").path(DEVICE_ID))
                    .or(() -> id(root.path("source").path("component_id"))));
  }

  private static Optional<String> id(JsonNode node) {
    return Optional.of(node)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(DeviceIds::isId);
  }

  private static boolean isId(String text) {
    return Texts.isName(text, EnvelopeRules.NAME_MAX);
  }
}
