// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.client.ClientSettings;
import io.twinlog.client.Publisher;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * One critical error, from the device that tells it to the receipt of who was told, and back again:
 * what an operator sees of it through the command line. It brings up nothing by itself.
 */
final class EscalationScene {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ALERT = AlertId.key("explained", "E9") + "-1";
  private static final String REGISTERED =
      """
      {"id":"x-1","event_type":"device.registered","source":{"service_id":"gw","component_id":"gw"},
       "timestamp":"2026-01-01T08:00:00.000Z","data":{"payload":{"device_id":"explained","model":"M"}}}
      """;
  private static final String ERROR =
      """
      {"id":"x-2","event_type":"device.error","source":{"service_id":"gw","component_id":"explained"},
       "timestamp":"2026-01-01T08:01:00.000Z",
       "data":{"payload":{"device_id":"explained","error":{"code":"E9","severity":"critical","message":"hot"}}}}
      """;

  private final String bootstrap;
  private final DeadLetterScene.CommandLine twinlog;

  EscalationScene(String bootstrap, DeadLetterScene.CommandLine twinlog) {
    this.bootstrap = bootstrap;
    this.twinlog = twinlog;
  }

  void play() throws Exception {
    try (Publisher publisher = new Publisher(ClientSettings.at(bootstrap))) {
      publisher.publishBytes("explained", REGISTERED.getBytes(StandardCharsets.UTF_8));
      publisher.publishBytes("explained", ERROR.getBytes(StandardCharsets.UTF_8));
    }

    operationsAreToldAtOnce();
    somebodyDealsWithIt();
    itIsExplainedBackToWhatWasSent();
    itIsDerivedAgainFromItsCausesAlone();
    whatCannotBeExplainedIsSaidSo();
  }

  private void operationsAreToldAtOnce() throws Exception {
    await("notification.receipts", "\"target\":\"operations\"", "\"status\":\"delivered\"");
    await("recovery.requests", ALERT);
    await("error.records", "\"x-2\"");
  }

  private void somebodyDealsWithIt() throws Exception {
    for (String name : List.of("AcknowledgeAlert", "ResolveAlert")) {
      assertThat(twinlog.run(0, "command", name, ALERT, "--author", "anna"))
          .singleElement()
          .asString()
          .contains("ACCEPTED");
    }
    await("alert.state", ALERT, "RESOLVED");
    await("alert.log", ALERT, "AlertResolved", "anna");
  }

  private void await(String topic, String... parts) {
    Awaitility.await(topic)
        .atMost(PATIENCE)
        .until(
            () ->
                twinlog.run(0, "tail", topic, "--until-end").stream()
                    .anyMatch(line -> List.of(parts).stream().allMatch(line::contains)));
  }

  private void itIsExplainedBackToWhatWasSent() throws Exception {
    List<JsonNode> hops = objects(twinlog.run(0, "explain", ALERT, "--json"));

    assertThat(hops.stream().filter(hop -> hop.get("version").asInt() == 1))
        .extracting(hop -> hop.get("topic").asText())
        .containsExactly("alert.log", "events.error", "events.domain", "ingress");
    assertThat(hops.get(3).at("/value/id").asText()).isEqualTo("x-2");
    assertThat(hops)
        .filteredOn(hop -> hop.at("/value/event").asText().equals("AlertAcknowledged"))
        .hasSize(1);
    assertThat(hops.get(hops.size() - 1).get("topic").asText()).isEqualTo("commands");
    JsonNode opened = hops.get(0);
    String place = "alert.log/%s/%s".formatted(opened.get("partition"), opened.get("offset"));
    assertThat(twinlog.run(0, "explain", place))
        .hasSize(5)
        .last()
        .asString()
        .contains("ingress/", "x-2");
  }

  private void itIsDerivedAgainFromItsCausesAlone() throws Exception {
    List<JsonNode> events =
        objects(twinlog.run(0, "explain", ALERT, "--reexecute", "--json")).stream()
            .filter(hop -> hop.get("hop").asInt() == 0)
            .toList();

    assertThat(events).hasSizeGreaterThanOrEqualTo(5);
    assertThat(events).extracting(event -> event.get("derived").asText()).containsOnly("same");
    assertThat(twinlog.run(0, "explain", ALERT, "--reexecute").get(0))
        .matches("version +derived +record .*");
    twinlog.run(2, "explain", "alert.log/0/0", "--reexecute");
  }

  private void whatCannotBeExplainedIsSaidSo() throws Exception {
    twinlog.run(3, "explain", "ingress/0/999999");
    twinlog.run(1, "explain", AlertId.key("nobody", "E9") + "-1");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic("scratch", 1, (short) 1))).all().get();
    }
    Origin ofNothing = new Origin("router", "AAAAAAAAAAAAAAAAAAAAAA", 0, 7, 0);
    long forged = append(Topic.INGRESS.in("twinlog."), ofNothing.toString());
    long deleted = append("scratch", ofNothing.toString());
    long garbled = append("scratch", "router/x");

    assertThat(twinlog.run(0, "explain", "ingress/0/" + forged)).hasSize(2);
    assertThat(twinlog.run(3, "explain", "scratch/0/" + deleted).get(2))
        .contains("MISSING: the topic of this id was deleted");
    assertThat(twinlog.run(3, "explain", "scratch/0/" + garbled).get(2))
        .contains("MISSING: tl-origin: an origin has five parts");
  }

  /** A record with this origin; at which offset. */
  private long append(String topic, String origin) throws Exception {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes)) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, 0, null, "{}".getBytes(StandardCharsets.UTF_8));
      record.headers().add(HeaderNames.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
      return producer.send(record).get().offset();
    }
  }

  private static List<JsonNode> objects(List<String> lines) throws Exception {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }
}
