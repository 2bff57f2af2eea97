// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.SingleObject;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads envelopes from Avro's single-object encoding. Which values its fields may have is for
 * {@link EnvelopeRules}. Not for threads to share.
 */
final class AvroEnvelopes {
  private final SingleObject framing = new SingleObject();

  Optional<Event> event(byte[] value, Findings findings) {
    return read(value, Event.class, Event.getClassSchema(), findings);
  }

  Optional<Command> command(byte[] value, Findings findings) {
    return read(value, Command.class, Command.getClassSchema(), findings);
  }

  private <T extends SpecificRecordBase> Optional<T> read(
      byte[] value, Class<T> type, Schema schema, Findings findings) {
    try {
      Optional<Schema> writer = framing.writerOf(value);
      boolean other =
          writer.isPresent() && !writer.get().getFullName().equals(schema.getFullName());
      if (!other && writer.isPresent()) {
        return Optional.of(framing.decode(value, type));
      }
      unreadable(
          ErrorCode.UNKNOWN_SCHEMA,
          other
              ? "must be " + schema.getFullName() + ", is " + writer.get().getFullName()
              : String.format(
                  "no schema is known with the fingerprint %016x", SingleObject.fingerprint(value)),
          findings);
    } catch (SingleObject.UnreadableException e) {
      unreadable(ErrorCode.NOT_AVRO, Shown.name(e.getMessage(), 200), findings);
    }
    return Optional.empty();
  }

  private static void unreadable(ErrorCode code, String message, Findings findings) {
    findings.add(DeadLetterReason.MALFORMED, code, "", message);
  }
}
