// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.schemas.Notification;
import io.twinlog.wire.json.AvroJson;
import java.util.concurrent.CompletableFuture;

/** Posts a notification as JSON, by a template where one is set. */
final class WebhookChannel implements Channel {
  private final Target target;
  private final HttpPoster poster;

  WebhookChannel(Target target, HttpPoster poster) {
    this.target = target;
    this.poster = poster;
  }

  @Override
  public String type() {
    return Target.WEBHOOK;
  }

  @Override
  public CompletableFuture<Delivered> send(Notification notification) {
    return poster.post(
        target, "", notification, it -> target.template().of(AvroJson.of(it)).toString());
  }
}
