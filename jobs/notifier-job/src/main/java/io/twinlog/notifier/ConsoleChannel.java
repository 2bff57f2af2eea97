// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.schemas.Notification;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever reads the log of the job. */
final class ConsoleChannel implements Channel {
  private static final Logger CONSOLE = LoggerFactory.getLogger("twinlog.notifications");

  @Override
  public String type() {
    return Target.CONSOLE;
  }

  @Override
  public CompletableFuture<Delivered> send(Notification notification) {
    CONSOLE.warn(
        "{} [{}] {} ({}, {})",
        notification.getTarget(),
        notification.getWhy(),
        oneLine(notification.getText()),
        notification.getNotificationId(),
        notification.getAlertId() == null ? notification.getGroupId() : notification.getAlertId());
    return CompletableFuture.completedFuture(Delivered.TAKEN);
  }

  /** What a device says must not look like a line of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
