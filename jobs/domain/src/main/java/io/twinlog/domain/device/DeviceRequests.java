// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceCommand.ConfigureDevice;
import io.twinlog.domain.device.DeviceCommand.DecommissionDevice;
import io.twinlog.domain.device.DeviceCommand.RegisterDevice;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceCommand.Request;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.DeviceEvent.AttributesSet;
import io.twinlog.domain.device.DeviceEvent.ConfigurationDesired;
import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceState.Configuration;
import java.util.List;

/**
 * What follows from the commands of users and services. Their shape was checked before; here is
 * what they mean.
 */
final class DeviceRequests {
  /** Names that the attributes, or a configuration, of one device may have. */
  static final int NAMES_MAX = 64;

  private final DeviceFaults faults;

  DeviceRequests(DeviceRules rules) {
    this.faults = new DeviceFaults(rules.faultsMax());
  }

  Decision<DeviceEvent> decide(DeviceState state, Request request) {
    if (request instanceof RegisterDevice register) {
      return register(state, register);
    }
    if (state.lifecycle() == Lifecycle.UNKNOWN) {
      return unknown(state);
    }
    if (state.lifecycle() != Lifecycle.REGISTERED) {
      return decommissioned(state);
    }
    if (request instanceof ConfigureDevice configure) {
      return configure(state, configure.patch());
    }
    if (request instanceof SetAttributes attributes) {
      return setAttributes(state, attributes.patch());
    }
    if (request instanceof ReportFault fault) {
      return Decision.accepted(faults.open(state, fault.code(), fault.severity(), fault.message()));
    }
    if (request instanceof ClearFault clear) {
      return clear(state, clear.code());
    }
    if (request instanceof DecommissionDevice decommission) {
      return Decision.accepted(List.of(new DeviceDecommissioned(decommission.reason())));
    }
    throw new IllegalStateException("no rule for " + request.getClass().getSimpleName());
  }

  static Decision<DeviceEvent> unknown(DeviceState state) {
    return Decision.refused(
        "unknown_device", "", "no device " + state.deviceId() + " is registered");
  }

  static Decision<DeviceEvent> decommissioned(DeviceState state) {
    return Decision.refused(
        "decommissioned", "", "device " + state.deviceId() + " is decommissioned");
  }

  private static Decision<DeviceEvent> register(DeviceState state, RegisterDevice register) {
    return switch (state.lifecycle()) {
      case UNKNOWN ->
          Decision.accepted(List.of(new DeviceRegistered(register.registration(), false)));
      case REGISTERED ->
          Decision.refused(
              "already_registered",
              "",
              "device " + state.deviceId() + " has been registered before");
      case DECOMMISSIONED, FORGOTTEN -> decommissioned(state);
    };
  }

  private static Decision<DeviceEvent> configure(DeviceState state, Patch patch) {
    Configuration configuration = state.configuration();
    Values desired = configuration.desired().patched(patch);
    if (desired.size() > NAMES_MAX) {
      return tooMany("data.configuration", desired.size());
    }
    if (desired.equals(configuration.desired())) {
      return Decision.accepted(List.of());
    }
    return Decision.accepted(List.of(new ConfigurationDesired(configuration.version() + 1, patch)));
  }

  private static Decision<DeviceEvent> setAttributes(DeviceState state, Patch patch) {
    Values attributes = state.attributes().patched(patch);
    if (adds(state.attributes(), attributes) && attributes.size() > NAMES_MAX) {
      return tooMany("data.attributes", attributes.size());
    }
    return Decision.accepted(
        attributes.equals(state.attributes()) ? List.of() : List.of(new AttributesSet(patch)));
  }

  /**
   * Whether a command brings a name. A registration may have brought more than a command may leave:
   * what only takes away is welcome, and what adds must leave no more than the limit.
   */
  private static boolean adds(Values before, Values after) {
    return !before.entries().keySet().containsAll(after.entries().keySet());
  }

  private static Decision<DeviceEvent> tooMany(String path, int names) {
    return Decision.refused(
        "invalid_command", path, "there would be " + names + " names; at most " + NAMES_MAX);
  }

  private static Decision<DeviceEvent> clear(DeviceState state, String code) {
    if (state.fault(code).isEmpty()) {
      return Decision.refused("fault_not_open", "data.code", "no fault " + code + " is open");
    }
    return Decision.accepted(List.of(new FaultCleared(code, FaultCleared.Why.COMMAND)));
  }
}
