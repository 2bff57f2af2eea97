// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.Reason;
import io.twinlog.wire.DeadLetterReason;
import java.util.List;
import java.util.Optional;

/** What became of the bytes of one record: a value that keeps every rule, or all that is wrong. */
public sealed interface Decoded<T> {
  /** Every rule of envelope, catalogue and payload holds. */
  record Valid<T>(T value) implements Decoded<T> {}

  /**
   * At least one rule does not hold.
   *
   * @param reason of the gravest error, for a dead letter
   * @param errors all of them, at least one. Where {@code command} is present each has the code
   *     {@code invalid_command}, as command.results knows it, and its message begins with the
   *     precise code: {@code "missing_field: ..."}
   * @param command present when a command could be read far enough to be refused in
   *     command.results; always empty for events
   */
  record Rejected<T>(DeadLetterReason reason, List<Reason> errors, Optional<CommandHead> command)
      implements Decoded<T> {
    public Rejected {
      errors = List.copyOf(errors);
      if (errors.isEmpty()) {
        throw new IllegalArgumentException("a rejection without an error");
      }
    }
  }
}
