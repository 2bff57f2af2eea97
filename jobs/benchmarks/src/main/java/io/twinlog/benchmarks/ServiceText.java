// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What instances of services write: a {@code health.check} each round, one in a hundred of another
 * health than the one before, so that two in a hundred change something. A name has a hundred
 * instances.
 */
final class ServiceText implements GeneratorProcess.Text {
  private static final int INSTANCES_OF_A_NAME = 100;
  private static final int INTERVAL_MILLIS = 10_000;

  @Override
  public String id(Fleet.Slot slot) {
    return "i-%07d".formatted(slot.device());
  }

  @Override
  public byte[] registration(Fleet.Slot slot) {
    String info =
        "\"service_info\":{\"name\":\"service-%d\",\"endpoint\":\"http://10.%d.%d.%d:8080\",\"version\":\"1.4\",\"interval_ms\":%d}"
            .formatted(
                slot.device() / INSTANCES_OF_A_NAME,
                slot.device() >> 16,
                slot.device() >> 8 & 0xff,
                slot.device() & 0xff,
                INTERVAL_MILLIS);
    return envelope(slot, "service.started", info);
  }

  @Override
  public byte[] event(Fleet.Slot slot) {
    boolean degraded = Math.floorMod(EventText.mixed(number(slot)), 100) == 0;
    return envelope(
        slot, "health.check", "\"status\":\"" + (degraded ? "degraded" : "healthy") + "\"");
  }

  private static long number(Fleet.Slot slot) {
    return (long) slot.device() << 32 | slot.sequence();
  }

  private byte[] envelope(Fleet.Slot slot, String type, String payload) {
    long event = EventText.mixed(number(slot) ^ type.hashCode());
    return ("{\"id\":\""
            + new UUID(event, EventText.mixed(event))
            + "\",\"event_type\":\""
            + type
            + "\",\"source\":{\"service_id\":\""
            + id(slot)
            + "\",\"component_id\":\"main\",\"version\":\"1.4\"},\"timestamp\":\""
            + EventText.TIME.format(EventText.wall(slot.atMillis()))
            + "\",\"data\":{\"payload\":{\"service_id\":\""
            + id(slot)
            + "\","
            + payload
            + "},\"schema_version\":\"1\",\"encoding\":\"JSON\"},\"metadata\":{\"priority\":\"NORMAL\"}}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
