// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.schemas.Command;
import io.twinlog.wire.SingleObject;

/**
 * A command as it is written to its topic: the bytes, and what they are keyed and awaited by. It
 * does not look into the bytes.
 *
 * @param id of the command, the key of its result
 * @param aggregateId the key on the topic
 * @param value the command as JSON or Avro
 */
public record CommandMessage(String id, String aggregateId, byte[] value) {
  /** The Avro form. */
  public static CommandMessage of(Command command) {
    return new CommandMessage(
        command.getId(), command.getAggregateId(), new SingleObject().encode(command));
  }
}
