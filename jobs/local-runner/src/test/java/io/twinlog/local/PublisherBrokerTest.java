// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.client.ClientSettings;
import io.twinlog.client.PublishResult;
import io.twinlog.client.PublishResult.DeadLettered;
import io.twinlog.client.PublishResult.Invalid;
import io.twinlog.client.PublishResult.Published;
import io.twinlog.client.Publisher;
import io.twinlog.client.PublisherSettings;
import io.twinlog.client.RetryPolicy;
import io.twinlog.schemas.Event;
import io.twinlog.wire.DeadLetter;
import io.twinlog.wire.Header;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher promises, at a real broker: one that goes, comes back, and refuses. */
class PublisherBrokerTest {
  private static final String EVENT =
      "{\"id\":\"%s\",\"event_type\":\"device.heartbeat\",\"source\":{\"service_id\":\"gw\","
          + "\"component_id\":\"%s\"},\"timestamp\":\"2026-01-01T00:00:00Z\","
          + "\"data\":{\"payload\":{}},\"metadata\":{\"priority\":\"%s\"}}";

  @TempDir Path directory;

  private static byte[] event(String id, String device, String priority) {
    return EVENT.formatted(id, device, priority).getBytes(UTF_8);
  }

  private static Event read(String line) {
    EventDecoder decoder = new EventDecoder(Catalogue.installed(false), DecoderLimits.DEFAULT);
    String type = line.contains("specversion") ? "application/cloudevents+json" : null;
    return ((Decoded.Valid<Event>) decoder.decode(line.getBytes(UTF_8), type)).value();
  }

  private EmbeddedBroker broker() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
    TestingLog log = new TestingLog(broker.bootstrap());
    log.create("twinlog.ingress", 1);
    log.create("twinlog.dead-letters", 1);
    return broker;
  }

  private static PublishResult join(CompletionStage<PublishResult> result) {
    return result.toCompletableFuture().join();
  }

  @Test
  void whatABrokerThatIsAwayDoesNotTakeIsPublishedWhenItIsBack() throws Exception {
    EmbeddedBroker broker = broker();
    int port = broker.port();
    ClientSettings settings =
        ClientSettings.at(broker.bootstrap()).withDeliveryTimeout(Duration.ofSeconds(1));
    RetryPolicy policy =
        RetryPolicy.delayed(100, Duration.ofMillis(200), Duration.ofSeconds(1))
            .then(RetryPolicy.deadLetter(directory.resolve("letters.jsonl")));
    List<CompletionStage<PublishResult>> results = new ArrayList<>();
    try (Publisher publisher =
        new Publisher(settings, PublisherSettings.DEFAULT.withRetry(policy))) {
      assertThat(join(publisher.publishJson(event("e-0", "d-1", "NORMAL"))))
          .isInstanceOf(Published.class);
      broker.close();
      results.add(publisher.publishJson(event("e-1", "d-1", "NORMAL")));
      // Only when it has failed do those behind it wait for it.
      org.awaitility.Awaitility.await().until(() -> publisher.figures().retries() > 0);
      for (int i = 2; i < 50; i++) {
        results.add(publisher.publishJson(event("e-" + i, "d-1", "NORMAL")));
      }
      try (EmbeddedBroker back = EmbeddedBroker.start(directory.resolve("kafka"), port)) {
        publisher.flush();

        assertThat(results)
            .allSatisfy(result -> assertThat(join(result)).isInstanceOf(Published.class));
        List<String> ids =
            new TestingLog(back.bootstrap())
                .values("twinlog.ingress").stream().map(line -> read(line).getId()).toList();
        assertThat(ids.stream().distinct())
            .as("in their order; one that timed out may be there twice")
            .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "e-" + i).toList());
        assertThat(publisher.figures())
            .matches(figures -> figures.published() == 50 && figures.underWay() == 0);
      }
    }
  }

  @Test
  void whatNobodyTakesIsKeptInAFileThatCanBeSent() throws Exception {
    Path file = directory.resolve("letters.jsonl");
    RetryPolicy policy =
        RetryPolicy.immediate(1)
            .then(new RetryPolicy(List.of(new RetryPolicy.DeadLetter(file, 650))));
    ClientSettings nobody =
        ClientSettings.at("localhost:1").withDeliveryTimeout(Duration.ofSeconds(1));
    Event inAvro = read(new String(event("e-2", "d-2", "HIGH"), UTF_8));
    List<PublishResult> results = new ArrayList<>();
    try (Publisher publisher = new Publisher(nobody, PublisherSettings.DEFAULT.withRetry(policy))) {
      results.add(join(publisher.publishJson(event("e-1", "d-1", "NORMAL"))));
      results.add(join(publisher.publish(inAvro)));
      results.add(join(publisher.publishBytes("d-3", event("e-3", "d-3", "LOW"))));
      results.add(join(publisher.publishBytes("d-4", event("e-4", "d-4", "LOW"))));
      results.add(join(publisher.publishBytes("d-5", new byte[] {1, 2})));
    }

    assertThat(results.subList(0, 3)).allMatch(DeadLettered.class::isInstance);
    assertThat(results.get(3).complaint().orElseThrow()).contains("letters.jsonl has no room");
    assertThat(results.get(4).complaint().orElseThrow()).contains("it is no event in JSON or Avro");
    List<Event> kept = Files.readAllLines(file).stream().map(line -> read(line)).toList();
    assertThat(kept).extracting(Event::getId).containsExactly("e-1", "e-2", "e-3");
    assertThat(kept.get(1)).isEqualTo(inAvro);
  }

  @Test
  void whatTheBrokerRefusesIsADeadLetterThatCanBeRedriven() throws Exception {
    String large = "\"" + "x".repeat(1_200_000) + "\"";
    byte[] event =
        new String(event("e-1", "d-1", "NORMAL"), UTF_8)
            .replace("\"payload\":{}", "\"payload\":{\"text\":" + large + "}")
            .getBytes(UTF_8);
    try (EmbeddedBroker broker = broker();
        Publisher publisher =
            new Publisher(
                ClientSettings.at(broker.bootstrap()).withKafka(Map.of("compression.type", "none")),
                PublisherSettings.DEFAULT.withRetry(
                    RetryPolicy.immediate(3)
                        .then(RetryPolicy.deadLetter(directory.resolve("letters.jsonl")))))) {
      TestingLog log = new TestingLog(broker.bootstrap());
      log.configure("twinlog.dead-letters", "max.message.bytes", "5242880");

      PublishResult result = join(publisher.publishJson(event));

      assertThat(result).isInstanceOf(DeadLettered.class);
      assertThat(((DeadLettered) result).where()).isEqualTo("dead-letters/0/0");
      ConsumerRecord<byte[], byte[]> record = log.records("twinlog.dead-letters").get(0);
      List<Header> headers = new ArrayList<>();
      record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
      DeadLetter letter = DeadLetter.of(headers);
      assertThat(letter.isWhole()).isTrue();
      assertThat(letter.reason()).isEqualTo("too_large");
      assertThat(letter.stage()).isEqualTo("publish");
      assertThat(letter.errors()).extracting("code").containsExactly("not_delivered");
      assertThat(record.value()).isEqualTo(event);
      assertThat(publisher.figures().retries()).as("no attempt can help").isZero();
    }
  }

  @Test
  void whatIsUrgentDoesNotWaitForABatchToFill() throws Exception {
    try (EmbeddedBroker broker = broker();
        Publisher publisher =
            new Publisher(
                ClientSettings.at(broker.bootstrap()).withKafka(Map.of("linger.ms", "20000")))) {
      CompletionStage<PublishResult> normal = publisher.publishJson(event("e-1", "d-1", "NORMAL"));

      PublishResult urgent = join(publisher.publishJson(event("e-2", "d-1", "CRITICAL")));

      assertThat(urgent).isEqualTo(new Published(0, 1));
      assertThat(join(normal)).as("nor is it overtaken").isEqualTo(new Published(0, 0));
    }
  }

  @Test
  void aBatchHasAResultForEachAndHolesInTheMiddle() throws Exception {
    Event good = read(new String(event("e-1", "d-1", "NORMAL"), UTF_8));
    Event bad = Event.newBuilder(good).setEventType("Not A Type").build();
    try (EmbeddedBroker broker = broker();
        Publisher publisher =
            new Publisher(
                ClientSettings.at(broker.bootstrap()), PublisherSettings.DEFAULT.withChecks())) {
      List<PublishResult> results = publisher.publishBatch(List.of(good, bad, good));

      assertThat(results.get(0)).isEqualTo(new Published(0, 0));
      assertThat(results.get(1)).isInstanceOf(Invalid.class);
      assertThat(results.get(1).complaint().orElseThrow()).contains("event_type");
      assertThat(results.get(2)).isEqualTo(new Published(0, 1));
      assertThat(publisher.figures())
          .matches(figures -> figures.published() == 2 && figures.invalid() == 1);
    }
  }
}
