// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.twinlog.client.EventCheck;
import io.twinlog.client.PublishResult;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.JsonLine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads as much of an event's line as sending it takes: its id to report it by, and whether the
 * router would take it. It changes no byte.
 */
final class EventLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final EventCheck check;

  /**
   * @throws CommandFailure when what a jar declares is not sound
   */
  EventLine() {
    this(() -> Catalogue.installed(false));
  }

  EventLine(Supplier<Catalogue> catalogue) {
    try {
      check = new EventCheck(catalogue.get());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** All that the router would find wrong with it, apart from what rules and time decide. */
  Optional<String> error(byte[] line) {
    List<Header> headers =
        JsonLine.of(line).cloudEvent()
            ? List.of(Header.of(HeaderNames.CONTENT_TYPE, CloudEvents.STRUCTURED_JSON))
            : List.of();
    return check.of(line, headers).flatMap(PublishResult::complaint);
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
