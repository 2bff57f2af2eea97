// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * What an operator does with dead letters, step by step, through the command line and a real
 * broker. It brings up nothing by itself.
 */
final class DeadLetterScene {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DEVICE = "late-1";
  private static final String GARBLED = "{\"id\":\"garbled-1\"";

  private final String bootstrap;
  private final CommandLine twinlog;
  private final Path directory;

  /** Runs the operator's command; returns its lines. */
  interface CommandLine {
    List<String> run(int exitCode, String... arguments) throws Exception;
  }

  DeadLetterScene(String bootstrap, CommandLine twinlog, Path directory) {
    this.bootstrap = bootstrap;
    this.twinlog = twinlog;
    this.directory = directory;
  }

  void play() throws Exception {
    String early = aDeviceSpeaksBeforeItIsRegistered();
    String garbled = aLineIsGarbled();
    aRehearsalChangesNothing();
    theDeviceIsRegisteredAndItsLetterRedriven(early);
    whatFailsAgainIsALetterAgain(garbled);
  }

  private String aDeviceSpeaksBeforeItIsRegistered() throws Exception {
    Path file = directory.resolve("early.jsonl");
    Files.writeString(
        file,
        """
        {"id":"early-1","event_type":"device.error","source":{"service_id":"gw","component_id":"late-1"},"timestamp":"2026-01-01T00:00:00Z","data":{"payload":{"error":{"code":"E7","severity":"low","message":"m"}}}}
        """);
    twinlog.run(0, "send", file.toString());
    return awaitLetter(DEVICE, "unknown_device");
  }

  private String aLineIsGarbled() throws Exception {
    Path file = directory.resolve("garbled.jsonl");
    Files.writeString(file, GARBLED);
    twinlog.run(0, "send", file.toString());
    return Awaitility.await().atMost(PATIENCE).until(this::garbledLetter, id -> !id.isEmpty());
  }

  private String garbledLetter() {
    return contents(Topic.DEAD_LETTERS).stream()
        .filter(letter -> text(letter.value()).equals(GARBLED))
        .map(letter -> letter.partition() + "/" + letter.offset())
        .findFirst()
        .orElse("");
  }

  private String awaitLetter(String key, String reason) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                contents(Topic.DEAD_LETTERS).stream()
                    .filter(letter -> text(letter.key()).equals(key))
                    .filter(letter -> header(letter, "dlq.reason").equals(reason))
                    .map(letter -> letter.partition() + "/" + letter.offset())
                    .findFirst()
                    .orElse(""),
            id -> !id.isEmpty());
  }

  private void aRehearsalChangesNothing() throws Exception {
    int before = commands();

    List<String> lines = twinlog.run(0, "dead-letters", "redrive", "--key", DEVICE, "--dry-run");

    assertThat(lines).singleElement().asString().contains("WOULD_SEND", "RedriveDeadLetter");
    assertThat(commands()).isEqualTo(before);
  }

  private int commands() {
    return (int)
        contents(Topic.COMMANDS).stream()
            .filter(record -> !header(record, "tl-type").equals("tick"))
            .count();
  }

  private void theDeviceIsRegisteredAndItsLetterRedriven(String letter) throws Exception {
    twinlog.run(0, "command", "RegisterDevice", DEVICE, "--data", "{\"model\":\"M\"}");

    List<String> first =
        twinlog.run(0, "dead-letters", "redrive", "--reason", "unknown_device", "--key", DEVICE);
    List<String> second = twinlog.run(0, "dead-letters", "redrive", letter);
    // As if two people had done it at once: the device has seen the event's id.
    List<String> forced = twinlog.run(0, "dead-letters", "redrive", letter, "--again");

    assertThat(first).singleElement().asString().contains("ACCEPTED", letter);
    assertThat(second).isEmpty();
    assertThat(forced).singleElement().asString().contains("ACCEPTED");
    // A later command of the same key: when it is in the log, so is whatever the redrives yielded.
    twinlog.run(0, "command", "SetAttributes", DEVICE, "--data", "{\"attributes\":{\"a\":1}}");
    Awaitility.await().atMost(PATIENCE).until(() -> log().contains("FaultOpened"));
    assertThat(log().stream().filter("FaultOpened"::equals)).hasSize(1);
    assertThat(statusOf(letter)).isEqualTo("redriven");
  }

  private List<String> log() throws Exception {
    List<String> events = new ArrayList<>();
    for (String line : twinlog.run(0, "tail", "device.log", "--key", DEVICE, "--until-end")) {
      events.add(json(line).at("/value/event").asText());
    }
    return events;
  }

  private void whatFailsAgainIsALetterAgain(String garbled) throws Exception {
    List<String> redriven = twinlog.run(3, "dead-letters", "redrive", garbled);
    assertThat(redriven).singleElement().asString().contains("REFUSED", "dead_letter_again");

    ConsumerRecord<byte[], byte[]> again =
        contents(Topic.DEAD_LETTERS).stream()
            .filter(letter -> header(letter, "dlq.previous").equals(garbled))
            .findFirst()
            .orElseThrow();
    String id = again.partition() + "/" + again.offset();
    JsonNode shown = json(String.join("\n", twinlog.run(0, "dead-letters", "show", id)));
    assertThat(text(again.value())).isEqualTo(GARBLED);
    assertThat(shown.get("attempt").asInt()).isEqualTo(2);
    assertThat(shown.get("value_text").asText()).isEqualTo(GARBLED);
    assertThat(shown.at("/history/0/letter").asText()).isEqualTo(garbled);
    assertThat(shown.at("/history/1/letter").asText()).isEqualTo(id);
    assertThat(shown.get("first_seen").asText())
        .isEqualTo(header(first(garbled), "dlq.first-seen"));
    assertThat(shown.at("/headers/__connect.errors.offset"))
        .isEqualTo(json('"' + header(first(garbled), "__connect.errors.offset") + '"'));

    assertThat(twinlog.run(0, "dead-letters", "discard", id, "--note", "a test"))
        .singleElement()
        .asString()
        .contains("ACCEPTED", "DiscardDeadLetter");
    assertThat(statusOf(id)).isEqualTo("discarded");
    assertThat(String.join("", twinlog.run(0, "dead-letters", "show", id))).contains("a test");
  }

  private ConsumerRecord<byte[], byte[]> first(String id) {
    return contents(Topic.DEAD_LETTERS).stream()
        .filter(letter -> id.equals(letter.partition() + "/" + letter.offset()))
        .findFirst()
        .orElseThrow();
  }

  private String statusOf(String letter) throws Exception {
    for (String line : twinlog.run(0, "dead-letters", "list", "--status", "all", "--json")) {
      if (json(line).get("letter").asText().equals(letter)) {
        return json(line).get("status").asText();
      }
    }
    return "not listed";
  }

  private List<ConsumerRecord<byte[], byte[]>> contents(Topic topic) {
    return TopicContents.read(bootstrap, topic);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name) == null
        ? ""
        : text(record.headers().lastHeader(name).value());
  }
}
