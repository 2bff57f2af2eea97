// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

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
      String message = cause.getMessage();
      return new Failed(message == null ? cause.getClass().getSimpleName() : message, cause);
    }
  }
}
