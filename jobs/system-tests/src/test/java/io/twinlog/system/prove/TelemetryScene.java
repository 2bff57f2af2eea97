// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.testkit.DisorderedFleet;
import io.twinlog.testkit.DisorderedFleet.Sent;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * One log of a fleet in disorder, and the telemetry job over copies of it: at any parallelism, and
 * killed or not, it must come to the same, and that must be what a batch comes to.
 */
final class TelemetryScene implements AutoCloseable {
  /** All that the telemetry job alone writes here. */
  private static final List<Topic> OUTPUTS =
      List.of(
          Topic.TELEMETRY_RECORDS,
          Topic.TELEMETRY_REJECTED,
          Topic.TELEMETRY_STATS,
          Topic.TELEMETRY_LATEST);

  /** Hours of disorder are waited for, and live data of days ago is no backfill. */
  private static final String RULES =
      """
      quality:
        timeliness: {backfill_after: 96h}
        statistics: {lateness: 1h, keep: 6h}
        metrics:
          temperature:
            range: {min: -90, max: 90, hard: true}
      """;

  /** So long ago live data begins that its days are over, and the hours that they are kept. */
  private static final Duration LIVE = Duration.ofHours(60);

  private static final Duration SILENCE = Duration.ofSeconds(8);

  /** Event ids of the records that make time pass a device's windows. */
  private static final List<String> ENDS = List.of("end-of-last-year", "end-of-live");

  private static final String[] SETTINGS = {"telemetry.dedupe.ids=1024"};

  private final Path directory;
  private final Report report;
  private final ProcessRig rig;
  private final DisorderedFleet fleet;

  /** Digests that all runs must have; of the first run. */
  private final Map<Topic, Digest> expected = new EnumMap<>(Topic.class);

  /**
   * @param devices as the fleet has them
   */
  TelemetryScene(Path directory, Report report, List<Integer> devices) throws Exception {
    this.directory = directory;
    this.report = report;
    fleet = new DisorderedFleet(new DisorderedFleet.Plan(Instant.now().minus(LIVE), devices, true));
    rig = new ProcessRig(directory);
  }

  /** Writes the log: rules first, then all that comes in, then what makes time pass. */
  void write() throws Exception {
    ChildProcess router = rig.job("router", ProcessRig.PREFIX, 2);
    ChildProcess clock = rig.job("clock", ProcessRig.PREFIX, 1);
    rig.awaitReady();
    Path rules = Files.writeString(directory.resolve("patient.yaml"), RULES);
    TwinlogCommand.start(rig.bootstrap(), ProcessRig.PREFIX, "rules", "publish", rules.toString())
        .await(0);
    report.say("rules are in force; %,d devices write", fleet.devices().size());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", rig.bootstrap(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      fleet.devices().forEach(device -> register(producer, device));
      fleet.arrivals().forEach(sent -> send(producer, sent));
      end(producer);
    }
    report.figure("measurements", "%,d".formatted(fleet.sent().size()));
    report.figure(
        "of these sent twice", "%,d".formatted(fleet.arrivals().size() - fleet.sent().size()));
    report.letPass(SILENCE, "all are silent");
    rig.end(clock);
    new Backlog(rig.bootstrap(), ProcessRig.PREFIX).awaitRouter(0);
    rig.end(router);
    report.say("the inbox is written");
  }

  private static void register(KafkaProducer<byte[], byte[]> producer, String device) {
    write(producer, device, "r", "device.registered", Instant.now(), "{\"model\":\"T20\"}");
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, Sent sent) {
    Instant time = Instant.ofEpochMilli(sent.time());
    write(producer, sent.device(), sent.id(), "data.collected", time, sent.payload());
  }

  /** A record far ahead of all others in each lane of each device. */
  private void end(KafkaProducer<byte[], byte[]> producer) {
    String payload = "{\"data\":{\"temperature\":0,\"pressure\":0}}";
    Instant now = Instant.now();
    for (String device : fleet.backfilled()) {
      Instant time = now.minus(Duration.ofDays(30));
      write(producer, device, ENDS.get(0), "data.collected", time, payload);
    }
    for (String device : fleet.devices()) {
      write(producer, device, ENDS.get(1), "data.collected", now, payload);
    }
  }

  private static void write(
      KafkaProducer<byte[], byte[]> producer,
      String device,
      String id,
      String type,
      Instant time,
      String payload) {
    String event =
        "{\"id\":\"%s\",\"event_type\":\"%s\",\"source\":{\"service_id\":\"prove\",\"component_id\":\"%s\"},\"timestamp\":\"%s\",\"data\":{\"payload\":%s}}"
            .formatted(id, type, device, time, payload);
    producer.send(
        new ProducerRecord<>(Topic.INGRESS.in(ProcessRig.PREFIX), bytes(device), bytes(event)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String prefix(int parallelism, int kills) {
    return (kills == 0 ? "p" : "k") + parallelism + ".";
  }

  /** Runs the telemetry job over a copy of its inbox, killing it so many times, and compares. */
  void replay(int parallelism, int kills, long seed) throws Exception {
    String prefix = prefix(parallelism, kills);
    TopicCopy copy = new TopicCopy(rig.bootstrap(), ProcessRig.PREFIX, prefix);
    copy.copyStore(Topic.RULES);
    copy.copyInbox(Topic.EVENTS_DOMAIN);
    ChildProcess telemetry = rig.job("telemetry", prefix, parallelism, SETTINGS);
    rig.awaitReady();
    report.say("the telemetry job runs over %s", prefix);
    Backlog backlog = new Backlog(rig.bootstrap(), prefix);
    kill(telemetry, backlog, kills, seed);
    copy.finish(Topic.EVENTS_DOMAIN);
    backlog.awaitTelemetry(0);
    compare(prefix, backlog, "parallelism %d, killed %d times".formatted(parallelism, kills));
    TwinlogCommand.start(rig.bootstrap(), prefix, "ledger", "check", "--job", "telemetry").await(0);
    rig.end(telemetry);
  }

  private void kill(ChildProcess telemetry, Backlog backlog, int kills, long seed)
      throws Exception {
    for (double moment : new Random(seed).doubles(kills).sorted().toArray()) {
      long records = expected.get(Topic.TELEMETRY_RECORDS).records();
      long from = (long) (moment * records);
      Awaitility.await("the telemetry job is in the middle of its log")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> backlog.written(Topic.TELEMETRY_RECORDS) >= from);
      telemetry.kill();
      report.say(
          "killed with %,d of %,d records written, at %.2f by seed %d",
          backlog.written(Topic.TELEMETRY_RECORDS), records, moment, seed);
      telemetry.restart().awaitReady();
    }
  }

  private void compare(String prefix, Backlog backlog, String run) throws Exception {
    Map<Topic, Digest> digests = Digest.of(rig.bootstrap(), prefix, OUTPUTS);
    if (expected.isEmpty()) {
      expected.putAll(digests);
      digests.forEach((topic, digest) -> report.figure(topic.text(), digest.text()));
    }
    assertThat(digests).as(run).isEqualTo(expected);
    long repeats =
        backlog.written(Topic.TELEMETRY_RECORDS) - expected.get(Topic.TELEMETRY_RECORDS).records();
    report.figure(run, "the same, %,d repeats in telemetry.records".formatted(repeats));
  }

  /** Of the first run: a batch over what it accepted, and each measurement once. */
  void judgeStatistics() {
    TelemetryVerdict verdict = TelemetryVerdict.of(rig.bootstrap(), prefix(1, 0), ENDS);
    assertThat(verdict.ids())
        .isEqualTo(fleet.sent().stream().map(s -> s.device() + '/' + s.id()).sorted().toList());
    verdict.assertStatistics();
    report.figure(
        "accepted, rejected",
        "%,d, %,d; each measurement once".formatted(verdict.accepted(), verdict.rejected()));
    report.figure("late by more than an hour", "%,d".formatted(verdict.late()));
    report.figure("of last year", "%,d".formatted(verdict.backfilled()));
    report.figure(
        "windows", "%,d, all as a batch has them, all final".formatted(verdict.windows()));
  }

  @Override
  public void close() {
    rig.close();
  }
}
