// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.twinlog.domain.Reason;
import io.twinlog.schemas.Event;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.JsonLine;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads as much of an event's line as sending it takes: its id to report it by, and whether the
 * router would take it. It changes no byte.
 */
final class EventLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final EventDecoder decoder;

  /**
   * @throws CommandFailure when what a jar declares is not sound
   */
  EventLine() {
    this(() -> Catalogue.installed(false));
  }

  EventLine(Supplier<Catalogue> catalogue) {
    try {
      decoder = new EventDecoder(catalogue.get(), DecoderLimits.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** All that the router would find wrong with it, apart from what rules and time decide. */
  Optional<String> error(byte[] line) {
    String contentType = JsonLine.of(line).cloudEvent() ? CloudEvents.STRUCTURED_JSON : null;
    Decoded<Event> decoded = decoder.decode(line, contentType);
    if (decoded instanceof Decoded.Rejected<Event> rejected) {
      return Optional.of(
          rejected.reason().text()
              + ": "
              + rejected.errors().stream().map(EventLine::text).collect(Collectors.joining("; ")));
    }
    return Optional.empty();
  }

  private static String text(Reason reason) {
    String where = reason.path().isEmpty() ? "" : " at " + reason.path();
    return reason.code() + where + ": " + reason.message();
  }

  /** The id of the envelope; empty where none can be read. */
  static Optional<String> id(byte[] line) {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("id");
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no JSON: the router says so, in the dead letter
    }
  }
}
