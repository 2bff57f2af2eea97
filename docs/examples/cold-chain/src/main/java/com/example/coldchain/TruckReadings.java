// SPDX-License-Identifier: Apache-2.0
package com.example.coldchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Event;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one reading of a truck becomes telemetry of each of its sensors: they are the devices. */
public final class TruckReadings implements EventHandler {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Override
  public Set<String> eventTypes() {
    return Set.of(ColdChainTypes.TRUCK_READING);
  }

  @Override
  public HandlerResult handle(EventContext context) {
    JsonNode reading = context.payload();
    List<Event> telemetry = new ArrayList<>();
    for (Map.Entry<String, JsonNode> sensor : reading.get("sensors").properties()) {
      String device = reading.get("truck").textValue() + '-' + sensor.getKey();
      telemetry.add(context.derive("data.collected", collected(device, sensor.getValue())));
    }
    return new HandlerResult(telemetry);
  }

  private static ObjectNode collected(String device, JsonNode climate) {
    ObjectNode data = NODES.objectNode();
    data.set("temperature", climate.get("celsius"));
    data.set("humidity", climate.get("humidity"));
    if (climate.has("dew_point")) {
      data.set("dew_point", climate.get("dew_point"));
    }
    return NODES.objectNode().put("device_id", device).set("data", data);
  }
}
