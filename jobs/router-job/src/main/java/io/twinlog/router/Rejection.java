// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.wire.DeadLetterReason;
import java.util.List;

/** Why a record is to become a dead letter. What is done about it is for who asked. */
record Rejection(DeadLetterReason reason, List<Reason> errors) {
  static Rejection of(DeadLetterReason reason, Reason error) {
    return new Rejection(reason, List.of(error));
  }
}
