// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Event;
import java.util.Optional;

/** Finds the id of the device that an event is about. Does not know whether there is one. */
public final class DeviceIds {
  static final String DEVICE_ID = "device_id";

  private DeviceIds() {}

  /** {@code device_id} of the payload, where it is one, else {@code source.component_id}. */
  public static String of(Event event) {
    return Payloads.text(event.getData(), DEVICE_ID)
        .filter(DeviceIds::isId)
        .orElseGet(() -> event.getSource().getComponentId());
  }

  /**
   * The same of a line of JSON that nobody has checked yet. Empty when none can be found, whatever
   * the bytes are.
   */
  public static Optional<String> ofLine(byte[] jsonLine) {
    return JsonLine.of(jsonLine).deviceId();
  }

  static boolean isId(String text) {
    return Texts.isName(text, EnvelopeRules.NAME_MAX);
  }
}
