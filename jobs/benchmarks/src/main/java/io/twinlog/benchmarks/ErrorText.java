// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What sources of errors write: the same error each round, so that all of a source fold into one
 * alert, which the first one opens. A site has a hundred sources.
 */
final class ErrorText implements GeneratorProcess.Text {
  private static final int SOURCES_OF_A_SITE = 100;

  @Override
  public String id(Fleet.Slot slot) {
    return "s-%07d".formatted(slot.device());
  }

  @Override
  public byte[] registration(Fleet.Slot slot) {
    return envelope(slot, "first");
  }

  @Override
  public byte[] event(Fleet.Slot slot) {
    return envelope(slot, "again");
  }

  private byte[] envelope(Fleet.Slot slot, String which) {
    long number = (long) slot.device() << 32 | slot.sequence();
    long event = EventText.mixed(number ^ which.hashCode());
    return ("{\"id\":\""
            + new UUID(event, EventText.mixed(event))
            + "\",\"event_type\":\"system.error\",\"source\":{\"service_id\":\"gateway-1\",\"component_id\":\""
            + id(slot)
            + "\",\"version\":\"1.4\"},\"timestamp\":\""
            + EventText.TIME.format(EventText.wall(slot.atMillis()))
            + "\",\"data\":{\"payload\":{\"error\":{\"code\":\"overheated\",\"severity\":\"medium\",\"message\":\"81 degrees at the bearing\"},\"labels\":{\"model\":\"P100\",\"site\":\"site-"
            + slot.device() / SOURCES_OF_A_SITE
            + "\"}},\"schema_version\":\"1\",\"encoding\":\"JSON\"},\"metadata\":{\"priority\":\"NORMAL\"}}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
