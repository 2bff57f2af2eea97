// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * An operator changes the rules of a run: a wrong set is refused and changes nothing, a right one
 * is in force from a tick on. It requires something of events of this scene alone.
 */
record RulesScene(String bootstrap, Path directory, DeadLetterScene.CommandLine twinlog) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REFUSED = 3;

  private static final String WRONG =
      """
      validation:
        requirements:
          - name: few
            types: [ruled.thing]
            require: payload.count <
      """;
  private static final String FEW =
      """
      # few are enough
      validation:
        requirements:
          - name: few
            types: [ruled.thing]
            require: payload.count < 5
            message: too many
      """;

  void play() throws Exception {
    twinlog.run(REFUSED, "rules", "publish", file("wrong.yaml", WRONG));
    send("many-1", 9);
    awaitEvent("many-1");

    assertThat(twinlog.run(0, "rules", "publish", file("few.yaml", FEW), "--note", "enough"))
        .anyMatch(line -> line.contains("\"status\":\"in_force\""));
    send("many-2", 9);
    awaitLetter("many-2");
    send("few-1", 4);
    awaitEvent("few-1");

    assertThat(twinlog.run(0, "rules", "list", "--json"))
        .last()
        .asString()
        .contains("\"in_force\":true", "\"note\":\"enough\"");
    assertThat(twinlog.run(0, "rules", "show")).containsExactlyElementsOf(FEW.lines().toList());
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private void send(String id, int count) throws Exception {
    String event =
        """
        {"id":"%s","event_type":"ruled.thing","source":{"service_id":"test","component_id":"r"},"timestamp":"2026-01-01T00:00:00Z","data":{"payload":{"count":%d}}}
        """
            .formatted(id, count);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topic.INGRESS.in("twinlog."), event.getBytes(UTF_8)))
          .get();
    }
  }

  private void awaitLetter(String id) {
    Awaitility.await(id)
        .atMost(PATIENCE)
        .until(() -> letters(id).stream().anyMatch(letter -> letter.contains("\"code\":\"few\"")));
  }

  private void awaitEvent(String id) {
    Awaitility.await(id)
        .atMost(PATIENCE)
        .until(() -> records(Topic.EVENTS_INTEGRATION, id).findAny().isPresent());
    assertThat(letters(id)).isEmpty();
  }

  private List<String> letters(String id) {
    return records(Topic.DEAD_LETTERS, id)
        .map(letter -> new String(letter.headers().lastHeader("dlq.errors").value(), UTF_8))
        .toList();
  }

  private Stream<ConsumerRecord<byte[], byte[]>> records(Topic topic, String id) {
    return TopicContents.read(bootstrap, topic).stream()
        .filter(record -> record.value() != null)
        .filter(record -> new String(record.value(), UTF_8).contains(id));
  }
}
