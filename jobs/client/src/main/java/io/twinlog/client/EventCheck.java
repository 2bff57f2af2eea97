// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.Invalid;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Header;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Judges an event by the router's own decoder and the catalogue, that of the jars on the class path
 * too. It knows neither published rules nor the time: what they decide the router alone can say.
 */
public final class EventCheck {
  private final EventDecoder decoder;

  /** By the catalogue of this process. */
  public EventCheck() {
    this(Catalogue.installed(false));
  }

  /** By another one. */
  public EventCheck(Catalogue catalogue) {
    decoder = new EventDecoder(catalogue, DecoderLimits.DEFAULT);
  }

  /** All that the router would find wrong with a record; empty: it would take it. */
  public synchronized Optional<Invalid> of(byte[] value, List<Header> headers) {
    return decoder.decodeRecord(value, headers) instanceof Decoded.Rejected<Event> rejected
        ? Optional.of(new Invalid(rejected.reason().text(), rejected.errors()))
        : Optional.empty();
  }
}
