// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Reason;
import io.twinlog.wire.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what the router would have against a command or an event that rules are to send one day. It
 * looks at arguments and payloads alone, of schema version 1; the envelope is for whoever sends.
 */
public final class CatalogueCheck {
  /** What the paths of {@link #command} begin with. */
  public static final String COMMAND_DATA = Part.COMMAND_DATA.path;

  /** What the paths of {@link #event} begin with. */
  public static final String EVENT_PAYLOAD = Part.EVENT_PAYLOAD.path;

  /** Path of a type that the catalogue must have, and has not. */
  public static final String EVENT_TYPE = "event_type";

  private static final String VERSION = "1";

  private final Catalogue catalogue;

  public CatalogueCheck(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Whether an event type can be written so; not whether there is one. */
  public static boolean isEventType(String text) {
    return EnvelopeRules.isEventType(text);
  }

  /** All that is wrong with the arguments of a command; none: nothing. */
  public List<Reason> command(String name, JsonNode data) {
    Optional<PayloadSchema> schema = catalogue.command(name);
    if (schema.isEmpty()) {
      return List.of(
          ErrorCode.UNKNOWN_VALUE.at(COMMAND_DATA, "there is no command " + Shown.text(name)));
    }
    Findings findings = new Findings();
    schema.get().check(data, Part.COMMAND_DATA, findings);
    return findings.all();
  }

  /** All that is wrong with an event of a type; none: nothing. */
  public List<Reason> event(String eventType, JsonNode payload) {
    Map<String, PayloadSchema> versions = catalogue.versions(eventType);
    if (versions.isEmpty() && catalogue.mustKnow(eventType)) {
      return List.of(
          ErrorCode.UNKNOWN_EVENT_TYPE.at(
              EVENT_TYPE, "the catalogue has no schema of " + eventType + ", and must have one"));
    }
    Findings findings = new Findings();
    Optional.ofNullable(versions.get(VERSION))
        .ifPresent(schema -> schema.check(payload, Part.EVENT_PAYLOAD, findings));
    return findings.all();
  }
}
