// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceEvent.FaultOpened;
import java.util.List;
import java.util.Optional;

/**
 * How faults open, whoever says so. At most {@code max} are open; then the oldest gives way, and
 * that is logged.
 */
record DeviceFaults(int max) {

  List<DeviceEvent> open(DeviceState state, String code, Severity severity, String message) {
    Optional<Fault> open = state.fault(code);
    if (open.isPresent()
        && open.get().severity() == severity
        && open.get().message().equals(message)) {
      return List.of();
    }
    FaultOpened opened = new FaultOpened(code, severity, message);
    if (open.isPresent() || state.faults().size() < max) {
      return List.of(opened);
    }
    String oldest = state.faults().get(0).code();
    return List.of(new FaultCleared(oldest, FaultCleared.Why.OVERFLOW), opened);
  }
}
