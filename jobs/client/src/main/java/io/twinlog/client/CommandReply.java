// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.schemas.CommandResult;
import java.time.Duration;

/** How the wait for the result of one command ended. */
public sealed interface CommandReply {
  /** Its result came: accepted or refused. */
  record Answered(CommandResult result) implements CommandReply {}

  /**
   * No result in time. The command may still be carried out; sent again under its id, it is not
   * carried out twice.
   */
  record Unanswered(Duration waited) implements CommandReply {}

  /**
   * It was given up before it was known to be written, or nobody can listen for its result.
   *
   * @param error one line: what went wrong
   */
  record Unsent(String error, Throwable cause) implements CommandReply {}
}
