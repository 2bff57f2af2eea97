// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.Parked;
import java.time.Instant;

/**
 * An input that waits with its key: where it stands in its inbox, and since when it waits.
 *
 * @param topic as on the broker
 * @param value null: it has none, or values were not asked for
 */
record ParkedInput(
    String topic, int partition, long offset, String type, Instant since, byte[] value) {
  private static final long NO_INPUT = -1;

  static ParkedInput of(Parked told, byte[] value) {
    return new ParkedInput(
        told.getTopic(),
        told.getPartition(),
        told.getOffset(),
        told.getType(),
        told.getAt(),
        value);
  }

  /** Whether a change is about no input, but a deadline of the key. */
  static boolean isDeadline(Parked told) {
    return told.getOffset() == NO_INPUT;
  }

  /** What other changes call it. */
  static String name(Parked told) {
    return told.getTopic() + '/' + told.getPartition() + '/' + told.getOffset();
  }
}
