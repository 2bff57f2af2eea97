// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.handler.Handlers;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** The handlers of events on a job's class path. A job with unsound ones ends, and says why. */
public final class UserHandlers {
  private UserHandlers() {}

  /**
   * Loads them.
   *
   * @throws SuppressRestartsException when two name one event type, or one cannot be made: a
   *     restart would not help
   */
  public static Handlers load(ClassLoader classes) {
    return UserExtensions.sound(() -> Handlers.load(classes));
  }
}
