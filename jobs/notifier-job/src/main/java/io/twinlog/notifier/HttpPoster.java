// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
   * Posts a body.
   *
   * @param idempotencyKey the same at each attempt: the receiver may drop what it has
   */
  CompletableFuture<Delivered> post(
      Target target, String path, String body, String idempotencyKey) {
    HttpRequest request;
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(target.uri(path))
              .timeout(timeout)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", idempotencyKey);
      target.headers().forEach(builder::header);
      request = builder.POST(BodyPublishers.ofString(body)).build();
    } catch (IllegalArgumentException e) {
      // A secret that was read anew cannot be sent; it may be mended.
      return CompletableFuture.completedFuture(Delivered.failed(e));
    }
    return client
        .sendAsync(request, BodyHandlers.discarding())
        .thenApply(response -> Delivered.answered(response.statusCode()))
        .exceptionally(Delivered::failed);
  }
}
