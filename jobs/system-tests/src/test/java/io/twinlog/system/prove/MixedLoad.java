// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.client.ClientSettings;
import io.twinlog.client.CommandMessage;
import io.twinlog.client.Commands;
import io.twinlog.client.Publisher;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.SingleObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * All that devices and operators do, for a while: what a device does goes by its number. Its log is
 * worth nothing by itself; the jobs must make the same of it each time.
 */
final class MixedLoad implements AutoCloseable {
  private static final int DEVICES = 200;
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long PAUSE_NANOS = 300_000;

  private final SingleObject codec = new SingleObject();
  private final Publisher publisher;
  private final Commands commands;
  private final boolean ordered;
  private int written;

  /**
   * @param ordered whether every record of a device is in one partition, and there are no commands
   */
  MixedLoad(String bootstrap, boolean ordered) {
    ClientSettings settings = ClientSettings.at(bootstrap);
    publisher = new Publisher(settings);
    commands = new Commands(settings);
    this.ordered = ordered;
  }

  /**
   * Writes until the time is over.
   *
   * @return records written
   */
  int write(Duration time) {
    Instant start = Instant.now();
    Instant half = start.plus(time.dividedBy(2));
    Instant end = start.plus(time);
    for (int device = 0; device < DEVICES; device++) {
      if (role(device) != 7) {
        send(device, "r", "device.registered", Messages.registration(TIMEOUT_MILLIS));
      }
    }
    for (int round = 0; Instant.now().isBefore(end); round++) {
      for (int device = 0; device < DEVICES; device++) {
        if (role(device) != 0 || Instant.now().isBefore(half)) {
          act(device, round);
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
    publisher.flush();
    return written;
  }

  private static int role(int device) {
    return device % 10;
  }

  /** What one device does in one round; the first is silent from half of the time on. */
  private void act(int device, int round) {
    String id = Integer.toString(round);
    String telemetry = "{\"data\":{\"temperature\":%d}}".formatted(round);
    switch (role(device)) {
      case 1 -> send(device, id, round % 2 == 0 ? "device.online" : "device.offline", "{}");
      case 2 -> fault(device, id, round);
      case 3 -> {
        fault(device, id, round);
        fault(device, id, round);
      }
      case 4 -> late(device, id, round);
      case 5 -> split(device, id, round);
      case 6 -> command(device, id, round);
      default -> send(device, id, "data.collected", telemetry);
    }
  }

  private void fault(int device, String id, int round) {
    if (round % 2 == 0) {
      send(
          device,
          id,
          "device.error",
          "{\"error\":{\"code\":\"E%d\",\"severity\":\"low\",\"message\":\"\"}}"
              .formatted(round % 7));
    } else {
      send(device, id, "device.recovered", "{}");
    }
  }

  private void late(int device, String id, int round) {
    Instant time = Instant.now().minusSeconds(round % 3 == 0 ? 3_600 : 0);
    String type = round % 3 == 0 ? "device.online" : "device.heartbeat";
    publish(Messages.event(name(device), name(device) + '-' + id, type, "{}", time));
  }

  /** Half of its events have no key, so they may be in another partition. */
  private void split(int device, String id, int round) {
    if (ordered || round % 2 == 0) {
      fault(device, id, round / 2);
      return;
    }
    Event event =
        Messages.event(
            name(device),
            name(device) + '-' + id,
            "device.configuration_reported",
            "{\"configuration\":{\"round\":%d}}".formatted(round),
            Instant.now());
    publisher.publishBytes(codec.encode(event));
    written++;
  }

  private void command(int device, String id, int round) {
    send(device, id, "device.heartbeat", "{}");
    if (ordered) {
      return;
    }
    // Every fourth comes twice; of those with an expectation most are refused.
    Command command =
        Command.newBuilder()
            .setId(name(device) + "-c-" + round / 2)
            .setCommand(round % 4 < 2 ? "ConfigureDevice" : "SetAttributes")
            .setAggregateId(name(device))
            .setExpectedVersion(round % 8 == 0 ? Long.valueOf(round) : null)
            .setData(
                round % 4 < 2
                    ? "{\"configuration\":{\"interval_s\":%d}}".formatted(round / 2)
                    : "{\"attributes\":{\"site\":\"s%d\"}}".formatted(round / 2))
            .setMetadata(EventMetadata.newBuilder().build())
            .build();
    commands.post(CommandMessage.of(command));
    written++;
  }

  private void send(int device, String id, String type, String payload) {
    publish(Messages.event(name(device), name(device) + '-' + id, type, payload, Instant.now()));
  }

  private void publish(Event event) {
    publisher.publish(event);
    written++;
  }

  private static String name(int device) {
    return "mixed-" + device;
  }

  @Override
  public void close() {
    publisher.close();
    commands.close();
  }
}
