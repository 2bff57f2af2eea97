// SPDX-License-Identifier: Apache-2.0
package com.example.coldchain;

import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.MiddlewareContext;
import java.util.Optional;

/** Stops readings of gateways whose firmware is still being tried: a dead letter says so. */
public final class BetaGateways implements EventMiddleware {
  @Override
  public Optional<String> before(MiddlewareContext context) {
    // Asked first, as to open an event costs most.
    if (!context.eventType().equals(ColdChainTypes.TRUCK_READING)) {
      return Optional.empty();
    }
    String version = context.event().getSource().getVersion();
    return version.endsWith("-beta")
        ? Optional.of("firmware " + version + " is still being tried")
        : Optional.empty();
  }
}
