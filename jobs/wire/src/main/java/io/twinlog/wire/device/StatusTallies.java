// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import io.twinlog.domain.device.StatusTally;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How a tally is laid out inside the states that hold some. */
final class StatusTallies {
  private StatusTallies() {}

  static void write(StatusTally tally, DataOutput out) throws IOException {
    out.writeLong(tally.registered());
    out.writeLong(tally.online());
    out.writeLong(tally.faulted());
    out.writeLong(tally.offline());
    out.writeLong(tally.decommissioned());
  }

  static StatusTally read(DataInput in) throws IOException {
    return new StatusTally(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
