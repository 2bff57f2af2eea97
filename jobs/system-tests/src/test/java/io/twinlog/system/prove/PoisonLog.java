// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.client.CommandMessage;
import io.twinlog.local.fleet.core.Fleet;
import io.twinlog.local.fleet.core.FleetMessage;
import io.twinlog.local.fleet.core.FleetPlan;
import io.twinlog.local.fleet.core.Mix;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The same log under any prefix: what a fleet, operators, one more device and the clock have
 * written in their time, put down as fast as the broker takes it. Each device's records are in one
 * partition, as only there they have an order.
 */
final class PoisonLog implements AutoCloseable {
  private static final long SECOND = 1_000;

  /** Says the same as the poisoned device, at the same times. */
  static final String TWIN = "unharmed";

  /** Words of the poisoned device in a second. */
  private static final int WORDS = 4;

  /** Devices that operators alone speak of. */
  private static final int QUIET = 5;

  private static final byte[] TICK = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);

  /**
   * What is written.
   *
   * @param devices of the fleet
   * @param rate of their messages, a second
   * @param talk how long they speak
   * @param silence how long they are silent after that
   * @param begin of it all
   */
  record Plan(int devices, double rate, Duration talk, Duration silence, Instant begin) {
    /** Word of the poisoned device from which on it also sends telemetry. */
    int firstOfTelemetry() {
      return (int) (talk.toSeconds() * WORDS / 3) / WORDS * WORDS + 1;
    }

    /** Words of the poisoned device from its first telemetry on. */
    int fromTelemetryOn() {
      return (int) talk.toSeconds() * WORDS - firstOfTelemetry();
    }
  }

  private final String prefix;
  private final Plan plan;
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SingleObject codec = new SingleObject();
  private final Fleet fleet;
  private long clock;
  private long written;

  private record Topics(String ingress, String commands, List<SourceTopic> sources) {}

  PoisonLog(String bootstrap, String prefix, Plan plan)
      throws ExecutionException, InterruptedException {
    this.prefix = prefix;
    this.plan = plan;
    topics =
        new Topics(
            Topic.INGRESS.in(prefix),
            Topic.COMMANDS.in(prefix),
            SourcesOfPrefix.of(bootstrap, prefix));
    fleet =
        new Fleet(
            new FleetPlan(1, plan.devices(), plan.rate(), Mix.USUAL, "prove", "1", false),
            fact -> {});
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  String prefix() {
    return prefix;
  }

  /**
   * Writes all of it.
   *
   * @return records, ticks aside
   */
  long write() {
    tick();
    for (int place = 0; place < plan.devices(); place++) {
      ingress(fleet.register(place, now()));
    }
    for (int second = 0; second < plan.talk().toSeconds(); second++) {
      tick();
      operate(second);
      for (int word = second * WORDS; word < (second + 1) * WORDS; word++) {
        speak(BrittleHandler.DEVICE, word);
        speak(TWIN, word);
      }
      while (fleet.offsetMillis() < (second + 1) * SECOND) {
        ingress(fleet.next(plan.begin().toEpochMilli() + SECOND + (long) fleet.offsetMillis()));
      }
    }
    pass(plan.silence());
    return written;
  }

  /** Lets time pass. */
  void pass(Duration time) {
    for (int second = 0; second < time.toSeconds(); second++) {
      tick();
    }
    producer.flush();
  }

  private long now() {
    return plan.begin().toEpochMilli() + clock;
  }

  private void tick() {
    clock += SECOND;
    byte[] value =
        codec.encode(new Tick(1, clock, Instant.ofEpochMilli(now()), 0L, topics.sources(), null));
    for (SourceTopic source : topics.sources()) {
      for (int partition = 0; partition < source.getPartitions(); partition++) {
        ProducerRecord<byte[], byte[]> tick =
            new ProducerRecord<>(source.getTopic(), partition, null, value);
        tick.headers().add(HeaderNames.TYPE, TICK);
        producer.send(tick);
      }
    }
  }

  private void ingress(FleetMessage message) {
    send(topics.ingress(), message.key(), message.value());
  }

  private void send(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    written++;
  }

  /** Of these devices nothing comes but commands: between those and events there is no order. */
  private void operate(int second) {
    for (int device = 0; device < QUIET; device++) {
      String data =
          second == 0
              ? "{\"model\":\"P100\",\"timeout_ms\":86400000}"
              : "{\"configuration\":{\"interval_s\":%d}}".formatted(second);
      String name = second == 0 ? "RegisterDevice" : "ConfigureDevice";
      Command command =
          Command.newBuilder()
              .setId("quiet-" + device + "-" + second)
              .setCommand(name)
              .setAggregateId("quiet-" + device)
              .setData(data)
              .setMetadata(EventMetadata.newBuilder().build())
              .build();
      send(topics.commands(), "quiet-" + device, CommandMessage.of(command).value());
    }
  }

  /** Something of all that a device can say. */
  private void speak(String device, int word) {
    if (word == 0) {
      say(device, word, "device.registered", Messages.registration(plan.silence().toMillis() / 3));
      return;
    }
    switch (word % WORDS) {
      case 0 -> say(device, word, "device.error", fault(word));
      case 1 -> {
        if (word >= plan.firstOfTelemetry()) {
          say(device, word, "data.collected", "{\"data\":{\"temperature\":%d}}".formatted(word));
        } else {
          say(device, word, "device.online", "{}");
        }
      }
      case 2 -> say(device, word, "device.recovered", "{}");
      default -> change(device, word);
    }
  }

  private static String fault(int word) {
    return "{\"error\":{\"code\":\"E%d\",\"severity\":\"low\",\"message\":\"\"}}"
        .formatted(word / WORDS % 3);
  }

  private void change(String device, int word) {
    switch (word / WORDS % 3) {
      case 0 -> say(device, word, "device.offline", "{}");
      case 1 -> say(device, word, "device.online", "{}");
      default ->
          say(
              device,
              word,
              "device.configuration_reported",
              "{\"configuration\":{\"word\":%d}}".formatted(word));
    }
  }

  private void say(String device, int word, String type, String payload) {
    String id = device + "-" + word;
    byte[] value =
        codec.encode(Messages.event(device, id, type, payload, Instant.ofEpochMilli(now() + word)));
    send(topics.ingress(), device, value);
  }

  @Override
  public void close() {
    producer.close();
  }
}
