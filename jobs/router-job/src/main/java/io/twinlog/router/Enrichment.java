// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.MiddlewareContext;
import java.util.Optional;

/** Makes every event part of a flow: one without a correlation id is the root of its own. */
final class Enrichment implements EventMiddleware {
  @Override
  public Optional<String> before(MiddlewareContext context) {
    context.makeRoot();
    return Optional.empty();
  }
}
