// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import java.util.Optional;

/**
 * What is wrong with events that a handler made where it was tried again, as inputs of a device:
 * the limits are the largest that any router has. Not for threads to share.
 */
public final class HandledFlaws {
  private final SingleObject singleObject = new SingleObject();
  private EventDecoder decoder;

  /** What is wrong with an event as an input of this device; empty: nothing. */
  public Optional<String> of(String deviceId, Event event) {
    if (decoder == null) {
      decoder = new EventDecoder(Catalogue.installed(false), DecoderLimits.LARGEST);
    }
    Decoded<Event> decoded = decoder.decode(singleObject.encode(event), null);
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      return Optional.of(bad.errors().get(0).toString());
    }
    String of = DeviceIds.of(event);
    return of.equals(deviceId)
        ? Optional.empty()
        : Optional.of(event.getEventType() + " is of " + of + ", not of " + deviceId);
  }
}
