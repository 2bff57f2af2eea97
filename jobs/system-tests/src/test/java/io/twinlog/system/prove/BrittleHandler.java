// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerException;
import io.twinlog.wire.handler.HandlerResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The handler of a user's jar that fails for the telemetry of one device, as long as a file says
 * so. Where no property names the file it is in good order.
 */
public final class BrittleHandler implements EventHandler {
  static final String DEVICE = "poisoned";

  /** System property: the file that breaks it. */
  static final String BROKEN_BY = "twinlog.prove.broken-by";

  private final String brokenBy = System.getProperty(BROKEN_BY, "");

  @Override
  public Set<String> eventTypes() {
    return Set.of("data.collected");
  }

  @Override
  public HandlerResult handle(EventContext context) {
    if (context.key().equals(DEVICE) && !brokenBy.isEmpty() && Files.exists(Path.of(brokenBy))) {
      throw new HandlerException(HandlerException.Severity.MEDIUM, "it cannot bear " + DEVICE);
    }
    return HandlerResult.unchanged(context);
  }
}
