// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.domain.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of one record that was to be published. It says nothing of what a job makes of it.
 */
public sealed interface PublishResult {
  /** All replicas in sync have it. */
  record Published(int partition, long offset) implements PublishResult {}

  /**
   * It was given up. After a timeout it may have been written all the same, and records after it
   * may have been written; to publish the same event again is safe, because its id tells the two
   * apart.
   *
   * @param error one line: what went wrong
   */
  record Failed(String error, Throwable cause) implements PublishResult {
    static Failed because(Throwable cause) {
      return new Failed(text(cause), cause);
    }
  }

  /**
   * The router would reject it: it was not sent.
   *
   * @param reason as in {@code dlq.reason}
   * @param errors all that is wrong: code, path, message
   */
  record Invalid(String reason, List<Reason> errors) implements PublishResult {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /**
   * There was no room for it in the buffer: it was not sent, and is not kept.
   *
   * @param why one line
   */
  record Dropped(String why) implements PublishResult {}

  /**
   * It could not be delivered, and is kept elsewhere.
   *
   * @param where {@code dead-letters/<partition>/<offset>}, or the file
   * @param cause why it could not be delivered
   */
  record DeadLettered(String where, Throwable cause) implements PublishResult {}

  /** One line: why it is not where it should be; empty: it is. */
  default Optional<String> complaint() {
    if (this instanceof Failed failed) {
      return Optional.of(failed.error);
    } else if (this instanceof Invalid invalid) {
      return Optional.of(
          invalid.reason
              + ": "
              + invalid.errors.stream().map(PublishResult::text).collect(Collectors.joining("; ")));
    } else if (this instanceof Dropped dropped) {
      return Optional.of(dropped.why);
    } else if (this instanceof DeadLettered letter) {
      return Optional.of("kept in " + letter.where + ": " + text(letter.cause));
    }
    return Optional.empty();
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String text(Reason reason) {
    String where = reason.path().isEmpty() ? "" : " at " + reason.path();
    return reason.code() + where + ": " + reason.message();
  }
}
