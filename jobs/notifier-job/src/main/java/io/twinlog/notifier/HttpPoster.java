// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.schemas.Notification;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Posts JSON to a target. Follows no redirect: a target is what was set. */
final class HttpPoster {
  private final HttpClient client;
  private final Duration timeout;

  /**
   * @param timeout for the whole of an answer
   */
  HttpPoster(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Posts a notification.
   *
   * @param body made of it anew at each attempt
   */
  CompletableFuture<Delivered> post(
      Target target, String path, Notification notification, Function<Notification, String> body) {
    HttpRequest request;
    try {
      request =
          target
              .request(path)
              .timeout(timeout)
              .header("Content-Type", "application/json")
              // The same at each attempt: the receiver may drop what it has.
              .header("Idempotency-Key", notification.getNotificationId())
              .POST(BodyPublishers.ofString(body.apply(notification)))
              .build();
    } catch (IllegalArgumentException e) {
      // A file that was read anew, a secret or a template, is not as it was; it may be mended.
      return CompletableFuture.completedFuture(Delivered.unsent(e.getMessage()));
    }
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, BodyHandlers.discarding());
    // The timeout of a request ends with the headers of its answer; this one with the answer.
    return exchange
        .copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((response, failure) -> exchange.cancel(true))
        .thenApply(response -> Delivered.answered(response.statusCode()))
        .exceptionally(Delivered::failed);
  }
}
