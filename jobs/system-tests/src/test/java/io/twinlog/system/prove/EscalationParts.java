// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.schemas.Event;
import io.twinlog.system.TopicContents;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The real parts from an error to who is told, and what goes in and comes out of them. */
final class EscalationParts implements AutoCloseable {
  private final Path directory;
  private final SingleObject singleObject = new SingleObject();
  private final KafkaProducer<byte[], byte[]> producer;
  private int ids;

  final ProcessRig rig;
  final ChildProcess escalation;
  final ChildProcess notifier;

  /**
   * Starts them, and publishes rules.
   *
   * @param targets settings of the notifier
   */
  EscalationParts(Path directory, String rules, String... targets) throws Exception {
    this.directory = directory;
    rig = new ProcessRig(directory);
    rig.job("clock", ProcessRig.PREFIX, 1, "clock.resume-grace=2 s");
    rig.job("router", ProcessRig.PREFIX, 2);
    rig.job("device", ProcessRig.PREFIX, 2);
    escalation = rig.job("escalation", ProcessRig.PREFIX, 2);
    List<String> settings = new ArrayList<>(Arrays.asList(targets));
    settings.add("notifier.retry.backoff-max=1 s");
    notifier = rig.job("notifier", ProcessRig.PREFIX, 2, settings.toArray(String[]::new));
    rig.awaitReady();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", rig.bootstrap(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Path file = directory.resolve("rules.yaml");
    Files.writeString(file, rules);
    twinlog("rules", "publish", file.toString()).await(0);
  }

  TwinlogCommand twinlog(String... words) throws IOException {
    return TwinlogCommand.start(rig.bootstrap(), ProcessRig.PREFIX, words);
  }

  /** An event that a device, or a service, sends now. */
  void send(String component, String type, String payload) {
    Event event = Messages.event(component, "e-" + ++ids, type, payload, Instant.now());
    producer.send(
        new ProducerRecord<>(
            Topic.INGRESS.in(ProcessRig.PREFIX),
            component.getBytes(StandardCharsets.UTF_8),
            singleObject.encode(event)));
  }

  void fails(String component, String code, String severity, String site) {
    send(
        component,
        "system.error",
        "{\"error\":{\"code\":\"%s\",\"severity\":\"%s\",\"message\":\"it is\"},\"labels\":{\"site\":\"%s\"}}"
            .formatted(code, severity, site));
  }

  void flush() {
    producer.flush();
  }

  /** All of a topic, repeats once. */
  <R extends SpecificRecordBase> List<R> records(Topic topic, Class<R> type) {
    Repeats repeats = new Repeats();
    List<R> records = new ArrayList<>();
    TopicContents.read(rig.bootstrap(), topic)
        .forEach(
            record -> {
              if (!repeats.isRepeat(record.key(), TopicContents.headers(record))
                  && record.value() != null) {
                records.add(singleObject.decode(record.value(), type));
              }
            });
    return records;
  }

  static void await(String what, Duration atMost, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInterval(Duration.ofMillis(500))
        .atMost(atMost)
        .ignoreExceptions()
        .until(condition);
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    producer.close();
    rig.close();
  }
}
