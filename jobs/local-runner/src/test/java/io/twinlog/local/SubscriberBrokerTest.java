// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinlog.client.ClientSettings;
import io.twinlog.client.Handled;
import io.twinlog.client.ParkedRecords;
import io.twinlog.client.RecordHandler;
import io.twinlog.client.RetryPolicy.Delayed;
import io.twinlog.client.Subscriber;
import io.twinlog.client.SubscriberSettings;
import io.twinlog.client.SubscriberStopped;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.handler.HandlerException.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a subscriber promises, at a real broker, over its own restarts. */
class SubscriberBrokerTest {
  private static final Delayed SOON = new Delayed(2, Duration.ofMillis(20), Duration.ofMillis(20));

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;

  private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private ClientSettings client;
  private SubscriberSettings settings;
  private int written;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void makeATopic(TestInfo test) throws Exception {
    String prefix = test.getTestMethod().orElseThrow().getName() + ".";
    new TestingLog(broker.bootstrap()).create(prefix + "device.status", 1);
    client = ClientSettings.at(broker.bootstrap()).withPrefix(prefix);
    settings =
        SubscriberSettings.of(prefix + "test", "device.status")
            .withBatches(500, Duration.ofMillis(50))
            .withRetry(SOON, 1_000);
  }

  /** Records {@code key text}, as a job writes them. */
  private void write(String... records) throws Exception {
    for (String record : records) {
      append(record, written++);
    }
  }

  private void append(String record, int origin) throws Exception {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrap()), bytes, bytes)) {
      String[] parts = record.split(" ");
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(
              client.prefix() + "device.status",
              0,
              parts[0].getBytes(UTF_8),
              ("{\"text\":\"" + parts[1] + "\"}").getBytes(UTF_8));
      message
          .headers()
          .add(
              HeaderNames.TYPE,
              parts[1].equals("tick") ? "tick".getBytes(UTF_8) : "S".getBytes(UTF_8))
          .add(HeaderNames.ORIGIN, ("device/i/0/" + origin + "/0").getBytes(UTF_8));
      producer.send(message).get();
    }
  }

  private RecordHandler handler() {
    return record -> {
      String text = record.json().get("text").asText();
      if (failing.contains(text)) {
        throw new IllegalStateException("cannot do " + text);
      }
      handled.add(record.key() + " " + text);
      return Handled.DONE;
    };
  }

  /** Runs until the condition holds, and a turn longer. */
  private CompletableFuture<Void> running(Subscriber subscriber) {
    return CompletableFuture.runAsync(subscriber::run);
  }

  private void runs(SubscriberSettings with, RecordHandler handler, int until) {
    try (Subscriber subscriber = new Subscriber(client, with, handler)) {
      running(subscriber);
      await().until(() -> handled.size() >= until);
      await().until(() -> subscriber.figures().handled() > 0 || until == 0);
    }
  }

  @Test
  void whatFailsHoldsUpItsKeyAndIsParkedOverARestartUntilItIsRedriven() throws Exception {
    failing.add("a2");
    write("a a1", "a a2", "b b1", "a a3", "b b2");
    try (Subscriber subscriber = new Subscriber(client, settings, handler())) {
      running(subscriber);
      await().until(() -> subscriber.parked().size() == 1);

      assertThat(handled).containsExactly("a a1", "b b1", "b b2");
      assertThat(subscriber.parked())
          .containsExactly(
              new ParkedRecords(
                  "device.status", 0, "a", 1, 2, "java.lang.IllegalStateException: cannot do a2"));
      assertThat(subscriber.figures())
          .matches(figures -> figures.retries() == 2 && figures.waiting() == 2);
    }
    write("b b3", "a a4");

    try (Subscriber again = new Subscriber(client, settings, handler())) {
      running(again);
      await().until(() -> handled.size() == 4);
      await().until(() -> again.figures().waiting() == 3);
      assertThat(again.parked()).extracting(ParkedRecords::key).containsExactly("a");
      failing.clear();

      assertThat(again.redrive("nobody").join()).isZero();
      assertThat(again.redrive("a").join()).isEqualTo(1);
      await().until(() -> handled.size() == 7);
    }
    assertThat(handled).containsExactly("a a1", "b b1", "b b2", "b b3", "a a2", "a a3", "a a4");
  }

  @Test
  void whatIsDiscardedIsNeverHandled() throws Exception {
    failing.add("a1");
    write("a a1", "a a2");
    try (Subscriber subscriber = new Subscriber(client, settings, handler())) {
      running(subscriber);
      await().until(() -> subscriber.parked().size() == 1);
      assertThat(subscriber.discard("a").join()).isEqualTo(2);
      write("a a3");
      await().until(() -> handled.size() == 1);
    }
    assertThat(handled).containsExactly("a a3");
  }

  @Test
  void whatJobsRepeatIsHandledOnceOverARestartToo() throws Exception {
    write("a a1", "b b1", "a a2");
    append("a a2", 2);
    runs(settings, handler(), 3);
    append("b b1", 1);
    append("a a2", 2);
    write("b b2");

    runs(settings, handler(), 4);

    assertThat(handled).containsExactly("a a1", "b b1", "a a2", "b b2");
  }

  @Test
  void aFilterChoosesAndTicksAreLeftOut() throws Exception {
    write("a a1", "x tick", "b b1", "a a2");
    runs(settings.where("key == 'a' && value.text != 'a1'"), handler(), 1);

    assertThat(handled).containsExactly("a a2");
    assertThatThrownBy(() -> new Subscriber(client, settings.where("key = 'a'"), handler()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the filter 'key = 'a'' is no condition: 1:");
  }

  @Test
  void aFailureThatIsHighEndsItAndItBeginsThereAgain() throws Exception {
    write("a a1", "a a2", "b b1");
    RecordHandler careful =
        record ->
            record.offset() == 1
                ? Handled.failed(Severity.HIGH, "the disk is full")
                : handler().handle(record);

    assertThatThrownBy(() -> running(new Subscriber(client, settings, careful)).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SubscriberStopped.class)
        .hasMessageContaining(
            "ends the subscriber at device.status/0/1, key 'a': the disk is full");

    assertThat(handled).containsExactly("a a1");
    runs(settings, handler(), 3);
    assertThat(handled).containsExactly("a a1", "a a2", "b b1");
  }

  @Test
  void whatIsLowIsPassedOverAndWhatIsNotNowIsAskedAgain() throws Exception {
    write("a a1", "a a2", "a a3");
    List<String> asked = new ArrayList<>();
    RecordHandler patient =
        record -> {
          asked.add(record.json().get("text").asText());
          if (record.offset() == 0) {
            return Handled.failed(Severity.LOW, "no matter");
          }
          return Collections.frequency(asked, "a2") < 9 && record.offset() == 1
              ? Handled.again("the database is away")
              : handler().handle(record);
        };

    runs(settings, patient, 2);

    assertThat(handled).containsExactly("a a2", "a a3");
    assertThat(asked).filteredOn("a2"::equals).as("more often than MEDIUM is").hasSize(9);
  }

  @Test
  void whereTooManyWaitItReadsNoFurtherAndLosesNone() throws Exception {
    failing.addAll(Set.of("a1", "b1"));
    write("a a1", "a a2", "b b1", "a a3", "c c1");
    try (Subscriber subscriber = new Subscriber(client, settings.withRetry(SOON, 2), handler())) {
      running(subscriber);
      await().until(() -> subscriber.parked().size() == 1);
      assertThat(handled).isEmpty();
      failing.clear();
      subscriber.redrive("a").join();
      await().until(() -> handled.size() == 5);
    }
    assertThat(handled).containsExactly("a a1", "a a2", "b b1", "a a3", "c c1");
  }

  @Test
  void saysWhatIsGoneThatItHasNotRead() throws Exception {
    write("a a1", "a a2", "a a3");
    runs(settings.withBatches(1, Duration.ofMillis(50)), handler(), 3);
    write("a a4", "a a5");
    TopicPartition partition = new TopicPartition(client.prefix() + "device.status", 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4))).all().get();
    }

    assertThatThrownBy(() -> running(new Subscriber(client, settings, handler())).join())
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 records of " + partition + " were deleted before");
  }

  @Test
  void leavesWhatItCannotReadOfItsPlaceAsItIs() throws Exception {
    write("a a1", "a a2");
    TopicPartition partition = new TopicPartition(client.prefix() + "device.status", 0);
    OffsetAndMetadata ofANewerBuild = new OffsetAndMetadata(2, "AgE");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin
          .alterConsumerGroupOffsets(settings.name(), Map.of(partition, ofANewerBuild))
          .all()
          .get();

      assertThatThrownBy(() -> running(new Subscriber(client, settings, handler())).join())
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a newer build");

      assertThat(
              admin
                  .listConsumerGroupOffsets(settings.name())
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .get(partition)
                  .metadata())
          .isEqualTo("AgE");
    }
  }

  @Test
  void saysWhichTopicIsMissing() {
    assertThatThrownBy(
            () ->
                new Subscriber(client, SubscriberSettings.of("n", "device.stats"), handler()).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("there is no topic " + client.prefix() + "device.stats");
  }
}
