// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.Event;

/** Finds the id of the service that an event is about. Does not know whether there is one. */
public final class ServiceIds {
  private static final int ID_MAX = 128;

  private ServiceIds() {}

  /** {@code service_id} of the payload, where it is one, else {@code source.service_id}. */
  public static String of(Event event) {
    String told =
        switch (event.getData().getEncoding()) {
          case JSON, CBOR, AVRO -> told(Payloads.read(event.getData()));
          case TEXT, BINARY -> "";
        };
    return isId(told) ? told : event.getSource().getServiceId();
  }

  private static String told(JsonNode payload) {
    JsonNode id = payload.path("service_id");
    return id.isTextual() ? id.textValue() : "";
  }

  /** A schema has checked it only where the type has one. */
  private static boolean isId(String text) {
    return !text.isEmpty()
        && text.codePointCount(0, text.length()) <= ID_MAX
        && text.chars().noneMatch(Character::isISOControl);
  }
}
