// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinlog.clock.ClockJob;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.log.RuleLogSettings;
import io.twinlog.rules.log.RulePublisher;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.SingleObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock job against a real broker. */
class ClockJobTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String INGRESS = "twinlog.ingress";
  private static final String COMMANDS = "twinlog.commands";
  private static final String RULES = "twinlog.rules";

  @TempDir Path temporary;

  private final List<String> said = new ArrayList<>();
  private final SingleObject singleObject = new SingleObject();

  @BeforeEach
  void writeSettings() throws IOException {
    Path clock = Files.createDirectories(temporary.resolve("config/clock"));
    Files.writeString(clock.resolve("config.yaml"), "topics.partitions: 2\n");
  }

  private LocalStack start(Map<String, String> settings) throws Exception {
    return LocalStack.start(
        LocalOptions.onFreePorts(temporary.resolve("data"), temporary.resolve("config"))
            .withSettings(settings),
        List.of(new ClockJob()),
        said::add);
  }

  private List<Tick> ticks(LocalStack stack, String topic, int partition) {
    return new TestingLog(stack.bootstrap())
        .records(topic).stream()
            .filter(record -> record.partition() == partition)
            .map(ConsumerRecord::value)
            .map(value -> singleObject.decode(value, Tick.class))
            .toList();
  }

  private Tick last(LocalStack stack) {
    List<Tick> ticks = ticks(stack, INGRESS, 0);
    return ticks.get(ticks.size() - 1);
  }

  private static void awaitClock(LocalStack stack, long millis) {
    await().atMost(LONG).until(() -> stack.clockMillis() >= millis);
  }

  @Test
  void writesTheSameTicksToEveryPartitionOfBothSourceTopics() throws Exception {
    try (LocalStack stack = start(Map.of())) {
      awaitClock(stack, 2_000);
      stack.stop();
    }
    try (LocalStack stack = start(Map.of())) {
      List<Tick> first =
          ticks(stack, INGRESS, 0).stream().filter(tick -> tick.getEpoch() == 1).toList();

      assertThat(first).hasSizeGreaterThan(2);
      assertThat(first.get(0).getSources())
          .extracting(SourceTopic::getTopic, SourceTopic::getPartitions)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(INGRESS, 2),
              org.assertj.core.groups.Tuple.tuple(COMMANDS, 2));
      for (int partition = 0; partition < 2; partition++) {
        assertThat(ticks(stack, INGRESS, partition)).containsAll(first);
        assertThat(ticks(stack, COMMANDS, partition)).containsAll(first);
      }
      assertThat(new TestingLog(stack.bootstrap()).records(INGRESS))
          .allSatisfy(record -> assertThat(record.key()).isNull());
    }
  }

  @Test
  void goesOnFromItsLastTickInTheNextEpoch() throws Exception {
    long before;
    try (LocalStack stack = start(Map.of())) {
      awaitClock(stack, 1_000);
      stack.stop();
      before = stack.clockMillis();
    }
    try (LocalStack stack = start(Map.of("clock.max-gap", "10 min"))) {
      assertThat(last(stack).getEpoch()).isEqualTo(2);
      assertThat(last(stack).getClock()).isGreaterThan(before);
      assertThat(last(stack).getOutage()).isNull();
    }
  }

  @Test
  void standsStillAfterAnOutageAndTellsOfItOnEveryTick() throws Exception {
    try (LocalStack stack = start(Map.of())) {
      awaitClock(stack, 1_000);
      stack.stop();
    }
    try (LocalStack stack = start(Map.of("clock.max-gap", "2 s"))) {
      await().atMost(LONG).until(() -> countOf(ticks(stack, INGRESS, 1), 2) >= 4);

      List<Tick> resumed =
          ticks(stack, INGRESS, 1).stream().filter(tick -> tick.getEpoch() == 2).toList();
      Tick noticed = resumed.get(0);
      assertThat(noticed.getOutage().getClock()).isEqualTo(noticed.getClock());
      assertThat(noticed.getOutage().getEnded()).isEqualTo(noticed.getWall());
      assertThat(noticed.getOutage().getBegan()).isBefore(noticed.getWall().minusSeconds(2));
      assertThat(resumed).extracting(Tick::getOutage).containsOnly(noticed.getOutage());
      assertThat(resumed.get(3).getClock()).isEqualTo(noticed.getClock() + 3);
    }
  }

  private static long countOf(List<Tick> ticks, int epoch) {
    return ticks.stream().filter(tick -> tick.getEpoch() == epoch).count();
  }

  @Test
  void endsWhenAnotherClockHasTakenOver() throws Exception {
    try (LocalStack stack = start(Map.of("clock.check-interval", "1 s"))) {
      Tick other = last(stack);
      other.setEpoch(7);
      append(stack, singleObject.encode(other));

      assertThat(stack.failed().get(LONG.toSeconds(), TimeUnit.SECONDS))
          .contains("another clock has taken over in epoch 7");
    }
  }

  @Test
  void aTickThatNoClockCanHaveWrittenStopsNothing() throws Exception {
    try (LocalStack stack = start(Map.of("clock.check-interval", "1 s"))) {
      Tick forged = last(stack);
      forged.setEpoch(Integer.MAX_VALUE);
      forged.setClock(Long.MAX_VALUE);
      append(stack, singleObject.encode(forged));
      long then = stack.clockMillis();

      awaitClock(stack, then + 3_000);
      assertThat(stack.failed()).isNotDone();
    }
  }

  @Test
  void endsWhenASourceTopicIsReplaced() throws Exception {
    try (LocalStack stack = start(Map.of("clock.check-interval", "1 s"))) {
      awaitClock(stack, 500);
      replaceIngress(stack);

      assertThat(stack.failed().get(LONG.toSeconds(), TimeUnit.SECONDS))
          .contains("twinlog.ingress was replaced", "clock.accept-new-topic");
    }
  }

  @Test
  void goesOnWithAReplacedTopicThatIsAccepted() throws Exception {
    long before;
    try (LocalStack stack = start(Map.of())) {
      awaitClock(stack, 500);
      before = stack.clockMillis();
      stack.stop();
    }
    try (LocalStack stack = start(Map.of("clock.accept-new-topic", "true"))) {
      replaceIngress(stack);
      await().atMost(LONG).until(() -> !ticks(stack, COMMANDS, 0).isEmpty());
    }
    try (LocalStack stack = start(Map.of("clock.accept-new-topic", "true"))) {
      assertThat(last(stack).getClock()).isGreaterThan(before);
    }
  }

  @Test
  void aNewPartitionGetsTicks() throws Exception {
    try (LocalStack stack = start(Map.of("clock.check-interval", "1 s"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
      admin.createPartitions(Map.of(INGRESS, NewPartitions.increaseTo(3))).all().get();

      await().atMost(LONG).until(() -> !ticks(stack, INGRESS, 2).isEmpty());
      assertThat(last(stack).getSources().get(0).getPartitions()).isEqualTo(3);
    }
  }

  @Test
  void putsInForceWhatIsPublishedAndNeverGoesBackToLess() throws Exception {
    try (LocalStack stack = start(Map.of())) {
      assertThat(last(stack).getRulesVersion()).isZero();
      publish(stack);

      await().atMost(LONG).until(() -> last(stack).getRulesVersion() == 1);
      stack.stop();
    }
    try (LocalStack stack = start(Map.of())) {
      assertThat(ticks(stack, COMMANDS, 1).stream().filter(tick -> tick.getEpoch() == 2))
          .isNotEmpty()
          .allMatch(tick -> tick.getRulesVersion() == 1);
      delete(stack, RULES);
      stack.stop();
    }
    try (LocalStack stack = start(Map.of())) {
      assertThat(last(stack).getEpoch()).isEqualTo(3);
      assertThat(last(stack).getRulesVersion()).isEqualTo(1);
    }
  }

  private static void publish(LocalStack stack) {
    RuleLogSettings settings =
        RuleLogSettings.of(Map.of("bootstrap.servers", stack.bootstrap()), "twinlog.");
    try (RulePublisher publisher = RulePublisher.open(settings)) {
      publisher.publish(
          new RulePublisher.Draft(
              "{}", Optional.empty(), Optional.empty(), OptionalLong.empty(), 0, Instant.EPOCH),
          RuleSet.DEFAULT);
    }
  }

  private static void replaceIngress(LocalStack stack) throws Exception {
    delete(stack, INGRESS);
    await().atMost(LONG).until(() -> created(stack));
  }

  private static void delete(LocalStack stack, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }

  /** The broker may not yet have forgotten the old one. */
  private static boolean created(LocalStack stack) throws Exception {
    try {
      new TestingLog(stack.bootstrap()).create(INGRESS, 2);
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private static void append(LocalStack stack, byte[] tick) throws Exception {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(INGRESS, 1, null, tick);
    record.headers().add("tl-type", "tick".getBytes(StandardCharsets.US_ASCII));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }
}
