// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.EventPlace;
import java.util.Optional;

/**
 * What a handler may make of an event: what the router would take from a producer; and of an event
 * that an aggregate reads, events of the same aggregate alone, as others could not wait with its
 * key where the handler fails.
 */
public final class HandlerOutputs {
  private final EventDecoder decoder;
  private final SingleObject singleObject = new SingleObject();

  /**
   * @param decoder that of what is written behind the router
   */
  public HandlerOutputs(EventDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * What is wrong with an output; empty: nothing.
   *
   * @param from place of the event that was handled
   * @param key of it
   * @param to place of the output
   */
  public Optional<String> flaw(Event output, EventPlace from, String key, EventPlace to) {
    Decoded<Event> decoded = decoder.decode(singleObject.encode(output), null);
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      return Optional.of(bad.errors().get(0).toString());
    }
    boolean stays = to.topic() == from.topic() && key.equals(to.key(output));
    return stays || !from.hasAggregate()
        ? Optional.empty()
        : Optional.of(
            "%s is not of %s in %s, as the event is"
                .formatted(output.getEventType(), key, from.topic().text()));
  }
}
