// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import java.util.Optional;

/** Makes every event part of a flow: one without a correlation id is the root of its own. */
final class Enrichment implements EventMiddleware {
  @Override
  public Optional<String> before(MiddlewareContext context) {
    context.makeRoot();
    return Optional.empty();
  }

  @Override
  public void after(MiddlewareContext context, Outcome outcome) {
    // Nothing is left to do.
  }
}
