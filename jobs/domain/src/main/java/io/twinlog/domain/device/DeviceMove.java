// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Recorded;
import java.util.Optional;

/**
 * One event of a device as those see it who count devices: where it stood before, and where it
 * stands now. It holds nothing that only the device itself needs.
 *
 * @param version of the device, after it
 * @param from equal to {@code to} where the device came
 * @param modelBefore model after the event before; empty: none
 */
public record DeviceMove(
    String deviceId,
    long version,
    Kind kind,
    Status from,
    Status to,
    String modelBefore,
    String model,
    Cause cause) {

  /** What the move means to a count. */
  public enum Kind {
    /** The device was not there before. */
    CAME,
    /** Its status, or its model, is another. */
    MOVED,
    /** It is forgotten. */
    WENT
  }

  /** The move that an event made; empty where it moved nothing that is counted. */
  public static Optional<DeviceMove> between(
      DeviceState before, Recorded<DeviceEvent> event, DeviceState after) {
    Kind kind = Kind.MOVED;
    if (before.version() == 0) {
      kind = Kind.CAME;
    } else if (after.lifecycle() == Lifecycle.FORGOTTEN) {
      kind = Kind.WENT;
    }
    String modelBefore = before.registration().model();
    String model = after.registration().model();
    boolean same = before.status() == after.status() && modelBefore.equals(model);
    if (kind == Kind.MOVED && same) {
      return Optional.empty();
    }
    Status from = kind == Kind.CAME ? after.status() : before.status();
    return Optional.of(
        new DeviceMove(
            after.deviceId(),
            event.version(),
            kind,
            from,
            after.status(),
            modelBefore,
            model,
            event.cause()));
  }

  /** Whether the device fell silent. */
  public boolean fellSilent() {
    return from != to && to == Status.OFFLINE && cause == Cause.TIMEOUT;
  }

  /** Whether a device that worked works no more: by a fault, or in silence. */
  public boolean failed() {
    return from == Status.ONLINE && (to == Status.FAULTED || fellSilent());
  }
}
