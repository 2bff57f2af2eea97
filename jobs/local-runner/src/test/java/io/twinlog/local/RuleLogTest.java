// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.SettingsException;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.rules.log.RuleBooks;
import io.twinlog.rules.log.RuleLog;
import io.twinlog.rules.log.RuleLogSettings;
import io.twinlog.rules.log.RulePublisher;
import io.twinlog.rules.log.RulePublisher.Draft;
import io.twinlog.rules.log.RulePublisher.Outcome;
import io.twinlog.rules.log.RulesUnusableException;
import io.twinlog.schemas.PublishedRules;
import io.twinlog.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topic of rules at a real broker: nothing else can show that two publishers exclude each
 * other.
 */
class RuleLogTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Instant AT = Instant.ofEpochMilli(1_767_225_600_000L);

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;

  private RuleLogSettings settings;
  private String topic;

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
    settings = RuleLogSettings.of(Map.of("bootstrap.servers", broker.bootstrap()), prefix);
    topic = prefix + "rules";
    new TestingLog(broker.bootstrap()).create(topic, 1);
  }

  /** Rules that change nothing; comments tell them apart. */
  private static Draft draft(String comment, OptionalLong expected) {
    return draft(comment, expected, 0);
  }

  private static Draft draft(String comment, OptionalLong expected, long carried) {
    return new Draft(
        "# " + comment + "\n{}\n", Optional.of("ann"), Optional.empty(), expected, carried, AT);
  }

  private Outcome publish(String comment) {
    try (RulePublisher publisher = RulePublisher.open(settings)) {
      return publisher.publish(draft(comment, OptionalLong.empty()), RuleSet.DEFAULT);
    }
  }

  private List<PublishedRules> all() {
    List<PublishedRules> all = new ArrayList<>();
    try (RuleLog log = RuleLog.open(settings)) {
      log.each(all::add);
    }
    return all;
  }

  @Test
  void givesVersionsOneAfterTheOther() {
    assertThat(publish("first")).isInstanceOf(Outcome.Published.class);
    assertThat(publish("second")).isInstanceOf(Outcome.Published.class);

    assertThat(all()).extracting(PublishedRules::getVersion).containsExactly(1L, 2L);
    PublishedRules second = all().get(1);
    assertThat(second.getDocument()).isEqualTo("# second\n{}\n");
    assertThat(second.getAuthor()).isEqualTo("ann");
    assertThat(second.getNote()).isNull();
    assertThat(second.getPublishedAt()).isEqualTo(AT);
  }

  @Test
  void endsThePublisherBefore() {
    try (RulePublisher first = RulePublisher.open(settings)) {
      publish("of the second");

      assertThat(first.publish(draft("of the first", OptionalLong.empty()), RuleSet.DEFAULT))
          .isEqualTo(new Outcome.Conflict("somebody else has begun to publish at the same time"));
    }
    assertThat(all())
        .extracting(PublishedRules::getDocument)
        .containsExactly("# of the second\n{}\n");
  }

  @Test
  void letsNoTwoOfManyWriteOneVersion() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String comment = "draft " + i;
      outcomes.add(threads.submit(() -> publish(comment)));
    }
    List<PublishedRules> published = new ArrayList<>();
    for (Future<Outcome> outcome : outcomes) {
      try {
        if (outcome.get() instanceof Outcome.Published done) {
          published.add(done.rules());
        }
      } catch (ExecutionException e) {
        // It was fenced before it had begun.
        assertThat(e.getCause())
            .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
      }
    }
    threads.shutdown();

    assertThat(published).isNotEmpty();
    assertThat(all()).containsExactlyInAnyOrderElementsOf(published);
    assertThat(all()).extracting(PublishedRules::getVersion).startsWith(1L).doesNotHaveDuplicates();
    assertThat(all().get(published.size() - 1).getVersion()).isEqualTo(published.size());
  }

  @Test
  void takesTheVersionOfAPublisherThatDiedBeforeItHadCommitted() throws Exception {
    try (KafkaProducer<byte[], byte[]> dead =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", topic),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      dead.initTransactions();
      dead.beginTransaction();
      dead.send(new ProducerRecord<>(topic, 0, "1".getBytes(UTF_8), new byte[] {1})).get();

      assertThat(publish("of the living")).isInstanceOf(Outcome.Published.class);
      dead.close(Duration.ZERO);
    }
    assertThat(all()).extracting(PublishedRules::getVersion).containsExactly(1L);
  }

  @Test
  void refusesAVersionThatIsNotTheExpectedOne() {
    publish("first");
    try (RulePublisher publisher = RulePublisher.open(settings)) {
      assertThat(publisher.publish(draft("x", OptionalLong.of(1)), RuleSet.DEFAULT))
          .isEqualTo(new Outcome.Conflict("it is to be version 1, and the next one is 2"));
      assertThat(publisher.publish(draft("x", OptionalLong.of(2)), RuleSet.DEFAULT))
          .isInstanceOf(Outcome.Published.class);
    }
  }

  @Test
  void refusesToGiveOutAVersionThatTicksCarryUnlessItIsSaid() {
    try (RulePublisher publisher = RulePublisher.open(settings)) {
      assertThat(publisher.publish(draft("x", OptionalLong.empty(), 2), RuleSet.DEFAULT))
          .asInstanceOf(InstanceOfAssertFactories.type(Outcome.Conflict.class))
          .extracting(Outcome.Conflict::why, InstanceOfAssertFactories.STRING)
          .startsWith("ticks carry version 2, and the topic of rules holds up to 0")
          .endsWith("--expect 1 says that this is version 1");
      for (long version = 1; version <= 2; version++) {
        assertThat(publisher.publish(draft("x", OptionalLong.of(version), 2), RuleSet.DEFAULT))
            .isInstanceOf(Outcome.Published.class);
      }
      assertThat(publisher.publish(draft("x", OptionalLong.empty(), 2), RuleSet.DEFAULT))
          .isInstanceOf(Outcome.Published.class);
    }
    assertThat(all()).extracting(PublishedRules::getVersion).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aBookFindsWhatIsPublishedWhileItWaits() throws Exception {
    try (RuleBook book = book(LONG)) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<RuleSet> waiting = thread.submit(() -> book.at(2));
      publish("first");
      publish("second");

      assertThat(waiting.get().version()).isEqualTo(2);
      assertThat(thread.submit(() -> book.at(1)).get().version()).isEqualTo(1);
      thread.shutdown();
    }
  }

  private RuleBook book(Duration wait) {
    return RuleBooks.ofLog(settings, wait, why -> why).open(RuleSet.DEFAULT);
  }

  @Test
  void passesOverWhatIsNoSetOfRulesAndNeverGivesItsVersionAway() throws Exception {
    write("1", new byte[] {1, 2, 3});
    write("not a version", new byte[] {1, 2, 3});

    assertThat(publish("after them")).isInstanceOf(Outcome.Published.class);
    assertThat(all()).extracting(PublishedRules::getVersion).containsExactly(2L);
    try (RuleBook book = book(SHORT)) {
      assertThatThrownBy(() -> book.at(1))
          .isInstanceOf(RulesUnusableException.class)
          .hasMessageContaining("cannot be read by this build");
    }
  }

  private void write(String key, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value)).get();
    }
  }

  @Test
  void isMadeWithOnePartitionWhateverTheOthersHave() throws Exception {
    TopicDirectory made = TopicChecks.run(jobSettings("made."), List.of(Topic.RULES, Topic.LEDGER));

    assertThat(made.entry(Topic.RULES).partitions()).isEqualTo(1);
    assertThat(made.entry(Topic.LEDGER).partitions()).isEqualTo(4);
  }

  @Test
  void isRefusedWithMorePartitionsThanOne() throws Exception {
    new TestingLog(broker.bootstrap()).create("wide.rules", 2);

    assertThatThrownBy(() -> TopicChecks.run(jobSettings("wide."), List.of(Topic.RULES)))
        .isInstanceOf(SettingsException.class)
        .hasMessage("wide.rules: has 2 partitions, must have 1");
  }

  private static Configuration jobSettings(String prefix) {
    Configuration settings = new Configuration();
    settings.set(KafkaOptions.BOOTSTRAP, broker.bootstrap());
    settings.set(KafkaOptions.PREFIX, prefix);
    settings.set(KafkaOptions.CREATE, true);
    settings.set(KafkaOptions.REPLICATION, 1);
    return settings;
  }

  @Test
  void givesNothingOutOfATopicThatWasMadeAnewAndIsShorter() throws Exception {
    publish("first");
    publish("second");
    try (RuleLog log = RuleLog.open(settings)) {
      log.readToEnd();
      replaceTopic();
      publish("anew");

      await().atMost(LONG).until(() -> log.get(2).isEmpty());
      List<PublishedRules> all = new ArrayList<>();
      log.each(all::add);
      assertThat(all).extracting(PublishedRules::getDocument).containsExactly("# anew\n{}\n");
    }
  }

  @Test
  void givesNoOtherVersionForOneOfATopicThatWasMadeAnew() throws Exception {
    publish("first");
    publish("second");
    try (RuleLog log = RuleLog.open(settings)) {
      log.readToEnd();
      replaceTopic();
      write("8", new byte[] {1, 2, 3});
      write("8", new byte[] {1, 2, 3});
      publish("anew");

      await().atMost(LONG).until(() -> log.get(2).isEmpty());
      log.readToEnd();
      assertThat(log.highest()).isEqualTo(9);
      assertThat(log.get(9)).isPresent();
    }
  }

  private void replaceTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    await().atMost(LONG).until(this::created);
  }

  /** The broker may not yet have forgotten the old one. */
  private boolean created() throws Exception {
    try {
      new TestingLog(broker.bootstrap()).create(topic, 1);
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
