// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.wire.Partitions;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything before the router: devices with their habits, clients with their commands, and time.
 * What it writes is normal for a fleet: doubles, disorder, wrong clocks, strangers, silence.
 */
final class World {
  static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private static final long LAST_YEAR = Instant.parse("2025-03-01T00:00:00Z").toEpochMilli();

  private static final List<String> MODELS = List.of("P100", "T20");

  private final SimulatedBroker broker;
  private final Dice dice;
  private final List<Device> devices = new ArrayList<>();
  private final Map<String, List<byte[]>> sent = new TreeMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private final Troubles troubles;
  private int written;

  /** An instance of a service. */
  private static final class Instance {
    final String id;
    int silentFor;

    Instance(String id) {
      this.id = id;
    }
  }

  /** How a device behaves. */
  private static final class Device {
    final String id;
    final long skew;
    final boolean shared;
    final boolean stranger;
    int silentFor;
    int session;
    long sequence;
    boolean registered;

    /** Whether much of what it measures is of last year, and how often faster time goes there. */
    final int backfill;

    /** Events that told of measurements. */
    final List<String> measured = new ArrayList<>();

    Device(String id, long skew, boolean shared, boolean stranger, int backfill) {
      this.id = id;
      this.skew = skew;
      this.shared = shared;
      this.stranger = stranger;
      this.backfill = backfill;
    }
  }

  World(SimulatedBroker broker, Dice dice, int count) {
    this.broker = broker;
    this.dice = dice;
    this.troubles = new Troubles(broker, dice);
    for (int i = 0; i < count; i++) {
      devices.add(new Device("d-" + i, skew(), dice.percent(15), dice.percent(7), backfill()));
    }
    for (int i = dice.between(2, 7); i > 0; i--) {
      instances.add(new Instance("s-" + i));
    }
  }

  private int backfill() {
    return dice.percent(30) ? dice.between(10, 600) : 0;
  }

  private long skew() {
    return switch (dice.below(12)) {
      case 0 -> 3_600_000;
      case 1 -> -3_600_000;
      case 2 -> Instant.parse("2036-01-01T00:00:00Z").toEpochMilli() - BEGINNING;
      case 3 -> -BEGINNING;
      default -> 0;
    };
  }

  /** What the fleet and its clients write within a second, at {@code wall}. */
  void second(long wall) {
    if (dice.percent(2)) {
      devices.forEach(device -> device.silentFor = dice.between(5, 40));
    }
    for (Device device : devices) {
      if (device.silentFor > 0) {
        device.silentFor--;
      } else if (dice.percent(4)) {
        device.silentFor = dice.between(5, 40);
      } else {
        for (int left = dice.below(3); left > 0; left--) {
          act(device, wall);
        }
      }
    }
    services(wall);
    troubles.second(wall);
  }

  /** The instances of services, of which many fall silent at once now and then. */
  private void services(long wall) {
    boolean cut = dice.percent(3);
    for (Instance instance : instances) {
      instance.silentFor = cut ? dice.between(3, 60) : Math.max(0, instance.silentFor - 1);
      if (instance.silentFor == 0 && dice.percent(60)) {
        say(instance, wall);
      }
    }
  }

  /** All of them say that they are well. */
  void servicesLive(long wall) {
    for (Instance instance : instances) {
      if (sent.containsKey(instance.id)) {
        publish(instance, "health.check", "\"status\":\"healthy\"", wall);
      }
    }
  }

  private void say(Instance instance, long wall) {
    List<byte[]> history = sent.computeIfAbsent(instance.id, d -> new ArrayList<>());
    int kind = dice.below(100);
    if (history.isEmpty() || kind < 8) {
      String info =
          "\"service_info\":{\"name\":\"n-%d\",\"endpoint\":\"http://e-%d\"}"
              .formatted(dice.percent(85) ? 1 : 2, dice.below(2));
      publish(instance, "service.started", info, wall);
    } else if (kind < 12) {
      publish(instance, "service.stopped", "", wall);
    } else if (kind < 20) {
      // A producer that did not hear the acknowledgement.
      send(instance, history.get(history.size() - 1 - dice.below(Math.min(4, history.size()))));
    } else if (kind < 25) {
      publish(instance, "system.said", "", wall);
    } else {
      String status = dice.one(List.of("healthy", "healthy", "healthy", "degraded", "unhealthy"));
      publish(instance, "health.check", "\"status\":\"" + status + "\"", wall);
    }
  }

  private void publish(Instance instance, String type, String payload, long wall) {
    String text =
        ("{\"id\":\"e-%d\",\"event_type\":\"%s\",\"source\":{\"service_id\":\"%s\",\"component_id\":\"c\"},"
                + "\"timestamp\":%d,\"data\":{\"payload\":{\"service_id\":\"%s\"%s}}}")
            .formatted(
                ++written,
                type,
                instance.id,
                wall - (dice.percent(15) ? dice.below(30_000) : 0),
                instance.id,
                payload.isEmpty() ? "" : "," + payload);
    sent.get(instance.id).add(text.getBytes(StandardCharsets.UTF_8));
    send(instance, text.getBytes(StandardCharsets.UTF_8));
  }

  private void send(Instance instance, byte[] text) {
    byte[] key = instance.id.getBytes(StandardCharsets.UTF_8);
    int partition = Partitions.of(key, broker.log(Topic.INGRESS).size());
    broker.append(Topic.INGRESS, partition, key, text, List.of());
  }

  private void act(Device device, long wall) {
    List<byte[]> history = sent.computeIfAbsent(device.id, d -> new ArrayList<>());
    if (!device.registered && !device.stranger) {
      device.registered = true;
      register(device, wall);
    } else if (!history.isEmpty() && dice.percent(7)) {
      // A producer that did not hear the acknowledgement.
      publish(device, history.get(history.size() - 1 - dice.below(Math.min(4, history.size()))));
    } else if (dice.percent(12)) {
      command(device, wall);
    } else {
      event(device, wall);
    }
  }

  private void register(Device device, long wall) {
    if (dice.percent(50)) {
      send(Topic.COMMANDS, device, commandText("RegisterDevice", device, -1, registration(), wall));
    } else {
      publish(device, eventText("device.registered", device, registration(), wall));
    }
  }

  private String registration() {
    String timeout = dice.percent(20) ? ",\"timeout_ms\":" + dice.between(3, 8) * 1_000 : "";
    return "\"model\":\"" + dice.one(MODELS) + "\"" + timeout;
  }

  private void event(Device device, long wall) {
    int kind = dice.below(100);
    if (kind < 35) {
      publish(device, eventText("device.heartbeat", device, "", wall));
    } else if (kind < 51) {
      measure(device, wall);
    } else if (kind < 55) {
      result(device, wall);
    } else if (kind < 65) {
      device.session++;
      device.sequence = 0;
      publish(device, eventText("device.online", device, "", wall));
    } else if (kind < 74) {
      // Now and then the last will of a session that was replaced.
      int session = device.session;
      device.session -= dice.percent(40) ? 1 : 0;
      byte[] will = eventText("device.offline", device, "\"reason\":\"gone\"", wall);
      device.session = session;
      publish(device, will);
    } else if (kind < 80) {
      publish(
          device,
          eventText(
              "device.error",
              device,
              "\"error\":{\"code\":\"E"
                  + dice.below(4)
                  + "\",\"severity\":\"high\",\"message\":\"hot\"}",
              wall));
    } else if (kind < 86) {
      publish(
          device,
          eventText("device.recovered", device, "\"code\":\"E" + dice.below(4) + "\"", wall));
    } else if (kind < 90) {
      publish(
          device,
          eventText(
              "device.configuration_reported",
              device,
              "\"configuration\":{\"rate\":" + dice.below(3) + "}",
              wall));
    } else if (kind < 93) {
      publish(device, eventText("device.registered", device, registration(), wall));
    } else if (kind < 94) {
      publish(device, eventText("device.decommissioned", device, "", wall));
    } else if (kind < 97) {
      publish(
          device,
          eventText(
              "device.status_changed",
              device,
              "\"status\":\"" + (dice.percent(50) ? "online" : "offline") + "\"",
              wall));
    } else {
      publish(device, "{\"id\":\"broken".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Mostly of now, with some disorder; of some devices every other one is of last year. */
  private void measure(Device device, long wall) {
    String data =
        switch (dice.below(5)) {
          case 0 -> "\"p\":" + dice.below(1_000) / 10.0 + ",\"t\":" + dice.below(50);
          case 1 -> "\"p\":" + dice.between(-5, 5) + ",\"state\":\"s" + dice.below(3) + "\"";
          case 2 -> "\"t\":" + dice.below(300) / 7.0;
          case 3 -> "\"t\":20,\"u\":1e-3";
          default -> "\"t\":" + dice.below(50);
        };
    boolean past = device.backfill > 0 && dice.percent(50);
    long time = past ? LAST_YEAR + (wall - BEGINNING) * device.backfill : wall;
    publish(device, eventText("data.collected", device, "\"data\":{" + data + "}", time));
    device.measured.add("e-" + written);
  }

  /** Of a record of late, of one long gone, or of none. */
  private void result(Device device, long wall) {
    List<String> known = device.measured;
    int back = known.isEmpty() ? 0 : dice.below(Math.min(8, known.size()));
    String event =
        known.isEmpty() || dice.percent(10) ? "none" : known.get(known.size() - 1 - back);
    String payload =
        "\"data_id\":\"%s/%s\",\"result\":%d".formatted(device.id, event, dice.below(6));
    publish(device, eventText("data.processed", device, payload, wall));
  }

  private void command(Device device, long wall) {
    List<byte[]> history = sent.computeIfAbsent("commands/" + device.id, d -> new ArrayList<>());
    if (!history.isEmpty() && dice.percent(15)) {
      send(Topic.COMMANDS, device, dice.one(history));
      return;
    }
    long expected = dice.percent(20) ? dice.below(12) : -1;
    byte[] text =
        switch (dice.below(12)) {
          case 0, 1, 2 ->
              commandText(
                  "ConfigureDevice",
                  device,
                  expected,
                  "\"configuration\":{\"rate\":" + dice.below(3) + "}",
                  wall);
          case 3, 4 ->
              commandText(
                  "SetAttributes",
                  device,
                  expected,
                  "\"attributes\":{\"site\":\"s" + dice.below(3) + "\"}",
                  wall);
          case 5, 6 ->
              commandText(
                  "ReportFault",
                  device,
                  expected,
                  "\"code\":\"E" + dice.below(4) + "\",\"severity\":\"low\",\"message\":\"m\"",
                  wall);
          case 7, 8 ->
              commandText(
                  "ClearFault", device, expected, "\"code\":\"E" + dice.below(4) + "\"", wall);
          case 9 -> commandText("DecommissionDevice", device, expected, "", wall);
          default -> commandText("RegisterDevice", device, expected, registration(), wall);
        };
    history.add(text);
    send(Topic.COMMANDS, device, text);
  }

  private byte[] eventText(String type, Device device, String payload, long wall) {
    device.sequence += dice.percent(5) ? 2 : 1;
    long timestamp = wall + device.skew - (dice.percent(15) ? dice.below(30_000) : 0);
    String text =
        ("{\"id\":\"e-%d\",\"event_type\":\"%s\",\"source\":{\"service_id\":\"gw\",\"component_id\":\"%s\"},"
                + "\"timestamp\":%d,\"data\":{\"payload\":{\"device_id\":\"%s\"%s}},"
                + "\"metadata\":{\"session_id\":\"s-%d\",\"sequence\":%d}}")
            .formatted(
                ++written,
                type,
                device.id,
                timestamp,
                device.id,
                payload.isEmpty() ? "" : "," + payload,
                device.session,
                device.sequence);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] commandText(String name, Device device, long expected, String data, long wall) {
    String text =
        "{\"id\":\"c-%d\",\"command\":\"%s\",\"aggregate_id\":\"%s\",%s%s\"timestamp\":%d,\"data\":{%s}}"
            .formatted(
                ++written,
                name,
                device.id,
                expected < 0 ? "" : "\"expected_version\":" + expected + ",",
                dice.percent(10) ? "\"ttl\":2000," : "",
                wall,
                data);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void publish(Device device, byte[] text) {
    sent.computeIfAbsent(device.id, d -> new ArrayList<>()).add(text);
    send(Topic.INGRESS, device, text);
  }

  private void send(Topic topic, Device device, byte[] text) {
    byte[] key = device.id.getBytes(StandardCharsets.UTF_8);
    int partitions = broker.log(topic).size();
    int partition =
        device.shared && topic == Topic.INGRESS
            ? dice.below(partitions)
            : Partitions.of(key, partitions);
    broker.append(topic, partition, key, text, List.of());
  }
}
