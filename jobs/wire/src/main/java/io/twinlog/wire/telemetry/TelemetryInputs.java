// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryCommand.Json;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.wire.EventBody;
import io.twinlog.wire.Scalars;
import io.twinlog.wire.ingress.MetricScan;
import io.twinlog.wire.ingress.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What events and commands say to the telemetry of a device. Their shape was checked by the router;
 * here they get their meaning. Not for threads to share.
 */
public final class TelemetryInputs {
  public static final String COLLECTED = "data.collected";
  public static final String PROCESSED = "data.processed";
  public static final String REGISTERED = "device.registered";
  public static final String DECOMMISSIONED = "device.decommissioned";
  public static final String REGISTER = "RegisterDevice";
  public static final String DECOMMISSION = "DecommissionDevice";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TelemetryCommand ASIDE = new TelemetryCommand.Aside();

  private final MetricScan scan = new MetricScan();
  private final Function<JsonNode, Object> facts;

  /**
   * @param facts JSON as conditions see it
   */
  public TelemetryInputs(Function<JsonNode, Object> facts) {
    this.facts = facts;
  }

  /**
   * What a {@code data.collected} that was not opened says.
   *
   * @param body which was read
   * @param occurredAt event time, epoch ms, clamped
   * @return null: it must be opened
   */
  public TelemetryCommand collected(EventBody body, byte[] value, long occurredAt, boolean ahead) {
    if (!body.isJson()) {
      return null;
    }
    List<Value> values = scan.read(value, body.payloadFrom(), body.payloadTo());
    return values == null
        ? null
        : new TelemetryCommand.Collected(new Measurement(body.id(), occurredAt, ahead, values));
  }

  /** What an event says. */
  public TelemetryCommand of(Event event, long occurredAt, boolean ahead) {
    Encoding encoding = event.getData().getEncoding();
    // What was passed unread may have said anything: nothing is made up for it.
    boolean unread = encoding == Encoding.TEXT || encoding == Encoding.BINARY;
    if (unread && !event.getEventType().equals(DECOMMISSIONED)) {
      return ASIDE;
    }
    return switch (event.getEventType()) {
      case COLLECTED ->
          new TelemetryCommand.Collected(
              new Measurement(
                  event.getId(), occurredAt, ahead, values(Payloads.read(event.getData()))));
      case PROCESSED -> processed(Payloads.read(event.getData()), occurredAt);
      case REGISTERED ->
          new TelemetryCommand.Registered(
              Payloads.read(event.getData()).path("model").asText("").intern());
      case DECOMMISSIONED -> new TelemetryCommand.Withdrawn();
      default -> ASIDE;
    };
  }

  private static List<Value> values(JsonNode payload) {
    List<Value> values = new ArrayList<>();
    payload
        .path("data")
        .properties()
        .forEach(entry -> values.add(new Value(entry.getKey(), Scalars.scalar(entry.getValue()))));
    return values;
  }

  private TelemetryCommand processed(JsonNode payload, long occurredAt) {
    JsonNode result = payload.path("result");
    return new TelemetryCommand.Processed(
        payload.path("data_id").asText(""),
        new Json(result.toString(), facts.apply(result)),
        occurredAt);
  }

  /**
   * What a command says.
   *
   * @throws IllegalArgumentException when its arguments are no JSON: no router has let it pass
   */
  public static TelemetryCommand of(Command command) {
    return switch (command.getCommand()) {
      case REGISTER -> new TelemetryCommand.Registered(model(command));
      case DECOMMISSION -> new TelemetryCommand.Withdrawn();
      default -> ASIDE;
    };
  }

  private static String model(Command command) {
    try {
      return JSON.readTree(command.getData()).path("model").asText("").intern();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the arguments are no JSON: " + e.getMessage(), e);
    }
  }
}
