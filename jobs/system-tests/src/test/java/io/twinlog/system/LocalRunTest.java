// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.testkit.BadInput;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README promises of one local run: first day, bad input, extensions, its web pages. */
class LocalRunTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Below this, no letter leaves anything out. */
  private static final int LETTER_BYTES_MIN = 1_100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static Path jar;
  private static LocalProcess run;

  @BeforeAll
  static void start() throws Exception {
    jar = ExampleProject.copied("cold-chain", directory).jar();
    run = LocalProcess.startWithJar(directory.resolve("data"), 0, jar);
  }

  @AfterAll
  static void stop() throws Exception {
    run.close();
  }

  @Test
  void showsTheDevicesOfTheFirstDay() throws Exception {
    assertThat(twinlog("send", "docs/examples/first-day.jsonl")).isEmpty();

    Map<String, JsonNode> states = new LinkedHashMap<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (String line : twinlog("tail", "device.state", "--until-end")) {
                JsonNode record = JSON.readTree(line);
                states.put(record.get("key").asText(), record.get("value"));
              }
              return states.containsKey("pump-1")
                  && states.get("pump-1").get("status").asText().equals("FAULTED")
                  && states.containsKey("pump-2")
                  && states.get("pump-2").get("status").asText().equals("OFFLINE");
            });

    assertThat(states.get("spare-1").get("status").asText()).isEqualTo("REGISTERED");
    assertThat(states.get("thermo-1").get("status").asText()).isEqualTo("ONLINE");
    assertThat(states.get("pump-1").at("/faults/0/code").asText()).isEqualTo("E42");
    assertThat(states.get("pump-1").at("/attributes/site").asText()).isEqualTo("north");
    assertThat(twinlog("tail", "dead-letters", "--until-end"))
        .anyMatch(line -> line.contains("bad-1"));
  }

  @Test
  void answersEachBadRecordWithExactlyOneDeadLetter() throws Exception {
    Map<String, Bad> sent = new LinkedHashMap<>();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Bad bad : BadInput.events()) {
        sent.put(send(producer, Topic.INGRESS, bad), bad);
      }
      for (Bad bad : BadInput.commandsWithoutAnAnswer()) {
        sent.put(send(producer, Topic.COMMANDS, bad), bad);
      }
    }
    Awaitility.await().atMost(PATIENCE).until(() -> lettersOf(sent).size() >= sent.size());

    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = lettersOf(sent);
    sent.forEach(
        (place, bad) -> {
          assertThat(letters.get(place)).as(bad.name()).hasSize(1);
          ConsumerRecord<byte[], byte[]> letter = letters.get(place).get(0);
          assertThat(letter.key()).as(bad.name()).isEqualTo(bad.key());
          if (letter.headers().lastHeader("dlq.left-out") == null) {
            assertThat(letter.value()).as(bad.name()).isEqualTo(bad.value());
          } else {
            assertThat(bad.value().length).as(bad.name()).isGreaterThan(LETTER_BYTES_MIN);
          }
          assertThat(text(letter, "dlq.reason")).as(bad.name()).isEqualTo(bad.reason().text());
          assertThat(codes(letter)).as(bad.name()).containsExactlyElementsOf(told(bad));
        });
    assertThat(restarts()).isZero();
  }

  @Test
  void givesEachOfTwoAggregatesItsOwnResultOfTheSameCommandId() throws Exception {
    Path commands = directory.resolve("commands.jsonl");
    Files.writeString(
        commands,
        """
        {"id":"same","command":"RegisterDevice","aggregate_id":"one","data":{"model":"M"}}
        {"id":"same","command":"ClearFault","aggregate_id":"another","data":{"code":"E1"}}
        """);

    List<String> results = twinlog(3, "command", "--file", commands.toString());

    assertThat(results).hasSize(2);
    assertThat(results.get(0)).contains("\"aggregate_id\":\"one\"", "ACCEPTED");
    assertThat(results.get(1)).contains("\"aggregate_id\":\"another\"", "unknown_device");
  }

  @Test
  void takesACloudEventDigestsWhatWasWrittenAndTellsItAsOne() throws Exception {
    List<String> before = twinlog("digest", "device.log");
    assertThat(before.get(0)).matches("device\\.log [0-9a-f]{64} \\d+");

    Path event = directory.resolve("digested.jsonl");
    Files.writeString(
        event,
        """
        {"specversion":"1.0","id":"digested-1","type":"device.registered","source":"//plant/gw%201","subject":"digested","time":"2026-01-01T00:00:00Z","data":{"model":"M"}}
        """);

    twinlog("send", "--check", event.toString());

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !twinlog("digest", "device.log").equals(before));
    assertThat(twinlog("digest", "device.log")).isEqualTo(twinlog("digest", "device.log"));
    assertThat(twinlog("digest", "--json")).anyMatch(line -> line.contains("\"device.status\""));
    assertThat(
            twinlog("tail", "events.domain", "--cloudevents", "--key", "digested", "--until-end"))
        .containsExactly(
            "{\"specversion\":\"1.0\",\"id\":\"digested-1\",\"source\":\"//plant/gw%201\","
                + "\"type\":\"device.registered\",\"subject\":\"digested\","
                + "\"time\":\"2026-01-01T00:00:00.000Z\",\"correlationid\":\"digested-1\","
                + "\"datacontenttype\":\"application/json\",\"data\":{\"model\":\"M\"}}");
  }

  @Test
  void tellsAndExplainsAnAlert() throws Exception {
    new EscalationScene(run.bootstrap(), LocalRunTest::twinlog).play();
  }

  @Test
  void rulesArePublishedWhileTheJobsRun() throws Exception {
    new RulesScene(run.bootstrap(), directory, LocalRunTest::twinlog).play();
  }

  @Test
  void redrivesAndDiscardsDeadLetters() throws Exception {
    new DeadLetterScene(run.bootstrap(), LocalRunTest::twinlog).play();
  }

  @Test
  void runsTheExtensionsOfAJar() throws Exception {
    new ExtensionScene(run.bootstrap(), LocalRunTest::twinlog).play();
  }

  @Test
  void answersEachBadCommandThatSaysWhoItIs() throws Exception {
    List<Bad> commands = BadInput.commandsWithAnAnswer();
    long before = refusals();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Bad bad : commands) {
        send(producer, Topic.COMMANDS, bad);
      }
    }

    Awaitility.await().atMost(PATIENCE).until(() -> refusals() >= before + commands.size());
    assertThat(refusals()).isEqualTo(before + commands.size());
  }

  private static long refusals() {
    SingleObject singleObject = new SingleObject();
    return TopicContents.read(run.bootstrap(), Topic.COMMAND_RESULTS).stream()
        .map(record -> singleObject.decode(record.value(), CommandResult.class))
        .filter(result -> result.getStatus() == CommandStatus.REFUSED)
        .count();
  }

  @Test
  void servesFlinksPagesAndItsOwnFigures() throws Exception {
    assertThat(get(run.flink() + "/jobs/overview")).contains("\"router\"", "\"device\"", "RUNNING");
    assertThat(get(run.flink() + "/")).contains("<html");
    String metrics =
        run.output().lines().filter(l -> l.contains("/metrics")).findFirst().orElseThrow();
    assertThat(get(metrics.substring(metrics.indexOf("http")).strip()))
        .contains("twinlog_applied", "twinlog_repeats_dropped", "twinlog_events");
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            run.bootstrap(),
            // Compressed, a record may be larger than any topic takes, and still come in.
            "compression.type",
            "lz4",
            "max.request.size",
            64 * 1024 * 1024,
            "buffer.memory",
            128L * 1024 * 1024),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Where it went, as a dead letter names it. */
  private static String send(KafkaProducer<byte[], byte[]> producer, Topic topic, Bad bad)
      throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.in("twinlog."), bad.key(), bad.value());
    bad.headers().forEach(header -> record.headers().add(header.key(), header.value()));
    RecordMetadata metadata = producer.send(record).get();
    return metadata.topic() + "/" + metadata.partition() + "/" + metadata.offset();
  }

  private static Map<String, List<ConsumerRecord<byte[], byte[]>>> lettersOf(
      Map<String, Bad> sent) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> letter :
        TopicContents.read(run.bootstrap(), Topic.DEAD_LETTERS)) {
      String place =
          text(letter, "__connect.errors.topic")
              + "/"
              + text(letter, "__connect.errors.partition")
              + "/"
              + text(letter, "__connect.errors.offset");
      if (sent.containsKey(place)) {
        letters.computeIfAbsent(place, p -> new ArrayList<>()).add(letter);
      }
    }
    return letters;
  }

  private static List<String> told(Bad bad) {
    return bad.codes().stream().map(ErrorCode::text).toList();
  }

  private static List<String> codes(ConsumerRecord<byte[], byte[]> letter) {
    List<String> codes = new ArrayList<>();
    for (JsonNode error : json(text(letter, "dlq.errors"))) {
      codes.add(error.get("code").asText());
    }
    return codes;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = Objects.requireNonNull(record.headers().lastHeader(name), name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static int restarts() throws Exception {
    int restarts = 0;
    for (JsonNode job : JSON.readTree(get(run.flink() + "/jobs/overview")).get("jobs")) {
      String address =
          run.flink() + "/jobs/" + job.get("jid").asText() + "/metrics?get=numRestarts";
      // Flink collects figures when it is first asked for them.
      JsonNode metric =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> JSON.readTree(get(address)), answer -> answer.size() > 0);
      restarts += metric.get(0).get("value").asInt();
    }
    return restarts;
  }

  private static String get(String address) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    return response.body();
  }

  private static List<String> twinlog(String... arguments) throws Exception {
    return twinlog(0, arguments);
  }

  private static List<String> twinlog(int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(LocalProcess.home().resolve("deploy/bin/twinlog").toString());
    command.addAll(List.of("--bootstrap", run.bootstrap()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(LocalProcess.home().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TWINLOG_JARS", jar.toString());
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join(" ", command)).isEqualTo(exitCode);
    return lines;
  }
}
