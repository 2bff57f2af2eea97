// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.FastEvents;

/**
 * What opens events, in one of two ways, which tell the same.
 *
 * @param inbox opens events that a router has written, or that a handler wants to be written
 */
record EventDecoders(FastEvents fast, EventDecoder sent, EventDecoder inbox) {
  /**
   * @param strict whether each event type must have a schema
   */
  static EventDecoders of(boolean strict, DecoderLimits limits) {
    Catalogue catalogue = Catalogue.installed(strict);
    return new EventDecoders(
        new FastEvents(catalogue, limits),
        new EventDecoder(catalogue, limits),
        new EventDecoder(catalogue, DecoderLimits.LARGEST));
  }
}
