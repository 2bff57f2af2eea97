// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.schemas.Notification;
import java.util.concurrent.CompletableFuture;

/** A way to tell somebody. It tries once; when to try again is for {@link NotifierOperator}. */
interface Channel {
  /** Its type, as it is set: {@code webhook}. */
  String type();

  /**
   * Begins to deliver, and returns at once.
   *
   * @return what came of it, never an exception
   */
  CompletableFuture<Delivered> send(Notification notification);
}
