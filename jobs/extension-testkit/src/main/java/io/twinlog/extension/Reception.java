// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.EventPlace;
import java.util.List;

/** What the router says to an event. */
public final class Reception {
  private final Decoded<Event> decoded;
  private final EventPlace place;

  Reception(Decoded<Event> decoded, EventPlace place) {
    this.decoded = decoded;
    this.place = place;
  }

  public Reception thenAccepted() {
    Failures.require(errors().isEmpty(), "expected none of\n" + Failures.reasons(errors()));
    return this;
  }

  /** One of the errors is at that path, with that code: {@code data.payload.celsius}. */
  public Reception thenRejected(String path, String code) {
    Failures.require(
        errors().stream().anyMatch(e -> e.path().equals(path) && e.code().equals(code)),
        "expected " + code + " at " + path + ", was\n" + Failures.reasons(errors()));
    return this;
  }

  /** Where it goes, by the built-in rules and what its jar declares. */
  public Reception thenIsOf(Category category) {
    Failures.require(
        place.category() == category, "expected %s, was %s", category, place.category());
    return this;
  }

  private List<Reason> errors() {
    return decoded instanceof Decoded.Rejected<Event> bad ? bad.errors() : List.of();
  }
}
