// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.local.fleet.core.FleetPlan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many devices a fleet is to have; 0 is none. */
final class DeviceCount implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int devices = Integer.parseInt(text);
      if (devices >= 0 && devices <= FleetPlan.DEVICES_MAX) {
        return devices;
      }
    } catch (NumberFormatException e) {
      // Told below, with what it is to be.
    }
    throw new TypeConversionException(
        "'%s' is no number of devices: 0 to %,d".formatted(text, FleetPlan.DEVICES_MAX));
  }
}
