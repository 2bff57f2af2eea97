// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.middleware;

import io.twinlog.domain.Reason;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.EventPlace;

/** What middleware may put in the place of an event. It changes nothing itself. */
public final class Replacements {
  private final EventDecoder decoder;
  private final SingleObject singleObject = new SingleObject();

  /**
   * @param decoder that of what is written behind the router
   */
  public Replacements(EventDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Requires what {@link MiddlewareContext#replace} says.
   *
   * @throws IllegalArgumentException when it is not so
   */
  public void require(Event before, Event after, EventPlace place) {
    boolean same =
        after.getId().equals(before.getId())
            && after.getEventType().equals(before.getEventType())
            && after.getSource().equals(before.getSource());
    if (!same) {
      throw new IllegalArgumentException(
          "middleware may not change id, event_type or source of " + before.getId());
    }
    Decoded<Event> decoded = decoder.decode(singleObject.encode(after), null);
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      throw unsound(after, bad.errors().get(0));
    }
    String key = place.key(before);
    String now = place.key(after);
    if (!now.equals(key)) {
      throw new IllegalArgumentException(
          "middleware may not change the key of %s: %s is not %s"
              .formatted(before.getId(), now, key));
    }
  }

  /** What is thrown where the router would not take the event for this reason. */
  public static IllegalArgumentException unsound(Event after, Reason reason) {
    return new IllegalArgumentException(
        "what middleware makes of %s is not sound: %s".formatted(after.getId(), reason));
  }
}
