// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.device.DeviceJob;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.TopicChecks;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the proof {@code poison}, and what {@code flood} must find. */
class NothingLostTest {
  private static final String LOSSY = "lossy.";
  private static final int PARTITION = 2;
  private static final int RECORDS = 50;

  /** Offset of the record that is lost. */
  private static final long LOST = 23;

  @TempDir static Path directory;
  private static ProcessRig rig;

  @BeforeAll
  static void startABroker() throws IOException {
    rig = new ProcessRig(directory);
  }

  @AfterAll
  static void endAll() {
    rig.close();
  }

  @Test
  void aPoisonedDeviceWaitsAloneAndItsRedriveThroughAKillMakesUpForAllOfIt() throws Exception {
    Report report = new Report();
    Duration talk = Duration.ofSeconds(20);
    Duration silence = Duration.ofSeconds(45);
    Instant begin = Instant.now().minus(talk).minus(silence);
    PoisonLog.Plan plan = new PoisonLog.Plan(50, 20, talk, silence, begin);
    new PoisonScene(rig, directory, plan, report).playWithTwin();
    report.printTable();
  }

  @Test
  void aRecordThatABuildWithADefectLosesIsFoundWithItsWindow() throws Exception {
    Configuration settings = settings();
    TopicChecks.run(settings, DeviceJob.TOPICS);
    writeInbox();
    JobClient job = LossyDeviceJob.start(settings, PARTITION, LOST);
    try {
      String found =
          TwinlogCommand.start(rig.bootstrap(), LOSSY, "ledger", "check", "--job", "device")
              .await(3);
      assertThat(found)
          .contains("device events.domain 2 [0, 10000): residue 1")
          .contains("residue: 1 window with records that have no outcome");
    } finally {
      job.cancel().get();
    }
  }

  private static Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(KafkaOptions.BOOTSTRAP, rig.bootstrap());
    settings.set(KafkaOptions.PREFIX, LOSSY);
    settings.set(KafkaOptions.CREATE, true);
    settings.set(KafkaOptions.REPLICATION, 1);
    settings.set(CoreOptions.DEFAULT_PARALLELISM, 2);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("lossy-checkpoints").toUri().toString());
    return settings;
  }

  /** Events of strangers, as a router writes them: the outcome of each is a dead letter. */
  private static void writeInbox() {
    SingleObject codec = new SingleObject();
    Map<String, Object> connection = Map.of("bootstrap.servers", rig.bootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int offset = 0; offset < RECORDS; offset++) {
        String device = "stranger-" + offset;
        byte[] event =
            codec.encode(
                Messages.event(device, "e", "device.heartbeat", "{}", Instant.ofEpochSecond(1)));
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(Topic.EVENTS_DOMAIN.in(LOSSY), PARTITION, bytes(device), event);
        record.headers().add(HeaderNames.TYPE, bytes("device.heartbeat"));
        String origin = new Origin("router", "ingress-id", 0, offset, 0).toString();
        record.headers().add(HeaderNames.ORIGIN, bytes(origin));
        String clock = new LogClock(1, 1_000, 1_000).toString();
        record.headers().add(HeaderNames.CLOCK, bytes(clock));
        record.headers().add(HeaderNames.RULES, bytes("0"));
        producer.send(record);
      }
      producer.flush();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
