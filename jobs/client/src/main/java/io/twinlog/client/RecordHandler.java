// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

/** What a subscriber does with the records that it reads. Called on one thread. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * Handles one; those of a key come in their order. It may come again where the subscriber died
   * before it had noted that it was handled.
   *
   * @throws Exception as {@link Handled.Failed}: with the severity of a {@link
   *     io.twinlog.wire.handler.HandlerException}, else MEDIUM
   */
  Handled handle(Received record) throws Exception;
}
