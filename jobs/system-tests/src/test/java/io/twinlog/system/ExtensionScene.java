// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.client.ClientSettings;
import io.twinlog.client.Publisher;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/**
 * What a user of docs/examples/cold-chain sees once its jar is on the class path of jobs and
 * command line: its type, its handler and its middleware at work. It brings up nothing by itself.
 */
public final class ExtensionScene {
  /** What is sent; the README of the example tells what comes of it. */
  public static final String READINGS =
      Repository.ROOT.resolve("docs/examples/cold-chain/readings.jsonl").toString();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RULES =
      Repository.ROOT.resolve("docs/examples/cold-chain/rules.yaml").toString();
  private static final String SENSOR = "truck-7-front";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String bootstrap;
  private final CommandLine twinlog;

  /** Runs the operator's command, with the jar; returns its lines. */
  public interface CommandLine {
    List<String> run(int exitCode, String... arguments) throws Exception;
  }

  public ExtensionScene(String bootstrap, CommandLine twinlog) {
    this.bootstrap = bootstrap;
    this.twinlog = twinlog;
  }

  public void play() throws Exception {
    theRulesUseTheCheck();
    theCommandLineKnowsTheType();
    whatIsInvalidIsSentAllTheSame();
    theHandlerHasMadeTelemetryOfAReading();
    theMiddlewareHasStoppedAReadingAndTheSchemaAnother();
    theCheckHasFlaggedAValue();
  }

  private void theRulesUseTheCheck() throws Exception {
    assertThat(twinlog.run(0, "rules", "publish", RULES))
        .anyMatch(line -> line.contains("\"status\":\"in_force\""));
  }

  private void theCheckHasFlaggedAValue() throws Exception {
    Awaitility.await().atMost(PATIENCE).until(() -> contains(Topic.TELEMETRY_RECORDS, "dew-point"));
    assertThat(twinlog.run(0, "tail", "telemetry.records", "--key", SENSOR, "--until-end"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "\"check\":\"dew-point\"",
                        "a dew point of 3.0 is above the temperature, -18.5"));
  }

  /** One of the lines lacks a temperature, and only what is wrong is not sent. */
  private void theCommandLineKnowsTheType() throws Exception {
    List<String> results = twinlog.run(3, "send", "--check", "--results", READINGS);

    assertThat(results)
        .filteredOn(line -> line.contains("\"invalid\""))
        .singleElement()
        .asString()
        .contains("\"cc-5\"", "missing_field at data.payload.sensors.front.celsius");
  }

  /** Past the check, as a producer of somebody else's does. */
  private void whatIsInvalidIsSentAllTheSame() throws Exception {
    try (Publisher publisher = new Publisher(ClientSettings.at(bootstrap))) {
      Files.readString(Path.of(READINGS))
          .lines()
          .filter(line -> line.contains("\"cc-5\""))
          .forEach(line -> publisher.publishBytes(line.getBytes(StandardCharsets.UTF_8)));
    }
    Awaitility.await().atMost(PATIENCE).until(this::allIsThrough);
  }

  private void theHandlerHasMadeTelemetryOfAReading() throws Exception {
    List<JsonNode> records = new ArrayList<>();
    for (String line : twinlog.run(0, "tail", "events.domain", "--key", SENSOR, "--until-end")) {
      if (line.startsWith("{")) {
        records.add(JSON.readTree(line));
      }
    }
    assertThat(records)
        .filteredOn(record -> causedBy(record, "cc-3"))
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(record.at("/value/event_type").asText()).isEqualTo("data.collected");
              assertThat(record.at("/value/data/payload/data/temperature").asDouble())
                  .isEqualTo(-18.5);
            });
  }

  private static boolean causedBy(JsonNode record, String id) {
    return record.at("/value/metadata/causation_id").asText().equals(id);
  }

  private void theMiddlewareHasStoppedAReadingAndTheSchemaAnother() {
    List<ConsumerRecord<byte[], byte[]>> letters =
        TopicContents.read(bootstrap, Topic.DEAD_LETTERS);
    assertThat(letters).anySatisfy(letter -> tells(letter, "cc-4", "stopped", "2.0-beta"));
    assertThat(letters)
        .anySatisfy(letter -> tells(letter, "cc-5", "invalid_payload", "sensors.front.celsius"));
  }

  private static void tells(
      ConsumerRecord<byte[], byte[]> letter, String id, String reason, String part) {
    assertThat(text(letter.value())).contains('"' + id + '"');
    assertThat(text(letter.headers().lastHeader("dlq.reason").value())).isEqualTo(reason);
    assertThat(text(letter.headers().lastHeader("dlq.errors").value())).contains(part);
  }

  private boolean allIsThrough() {
    return contains(Topic.EVENTS_DOMAIN, "\"dew_point\":3")
        && contains(Topic.DEAD_LETTERS, "\"cc-4\"")
        && contains(Topic.DEAD_LETTERS, "\"cc-5\"");
  }

  private boolean contains(Topic topic, String part) {
    return TopicContents.read(bootstrap, topic).stream()
        .anyMatch(record -> text(record.value()).contains(part));
  }

  private static String text(byte[] value) {
    return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
  }
}
