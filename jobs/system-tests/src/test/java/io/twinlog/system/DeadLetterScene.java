// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.client.ClientSettings;
import io.twinlog.client.CommandMessage;
import io.twinlog.client.CommandReply;
import io.twinlog.client.Commands;
import io.twinlog.client.Publisher;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
  private static final String EARLY =
      """
      {"id":"early-1","event_type":"device.error","source":{"service_id":"gw","component_id":"late-1"},
       "timestamp":"2026-01-01T00:00:00Z","data":{"payload":{"error":{"code":"E7","severity":"low","message":"m"}}}}
      """;

  private final String bootstrap;
  private final CommandLine twinlog;

  /** Runs the operator's command; returns its lines. */
  interface CommandLine {
    List<String> run(int exitCode, String... arguments) throws Exception;
  }

  DeadLetterScene(String bootstrap, CommandLine twinlog) {
    this.bootstrap = bootstrap;
    this.twinlog = twinlog;
  }

  void play() throws Exception {
    publish(EARLY);
    publish(GARBLED);
    String early = awaitLetter(letter -> header(letter, "dlq.reason").equals("unknown_device"));
    String garbled = awaitLetter(letter -> text(letter.value()).equals(GARBLED));

    aRehearsalChangesNothing();
    theDeviceIsRegisteredAndItsLettersRedriven(early, garbled);
    String again = whatFailsAgainIsALetterAgain(garbled);
    whatIsOfNoUseIsDiscarded(early, again);
    aRedriveThatIsForcedIsDroppedAsADuplicate(early);
  }

  private void publish(String line) {
    try (Publisher publisher = new Publisher(ClientSettings.at(bootstrap))) {
      publisher.publishBytes(DEVICE, line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void command(String name, String data) {
    String json =
        "{\"id\":\"%s of late-1\",\"command\":\"%s\",\"aggregate_id\":\"late-1\",\"data\":%s}"
            .formatted(name, name, data);
    try (Commands commands = new Commands(ClientSettings.at(bootstrap))) {
      byte[] value = json.getBytes(StandardCharsets.UTF_8);
      CommandReply reply =
          commands
              .send(new CommandMessage(name + " of late-1", DEVICE, value), PATIENCE)
              .toCompletableFuture()
              .join();
      assertThat(reply).asString().contains("ACCEPTED");
    }
  }

  private String awaitLetter(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> letter(wanted).map(DeadLetterScene::id), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<ConsumerRecord<byte[], byte[]>> letter(
      Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    return TopicContents.read(bootstrap, Topic.DEAD_LETTERS).stream()
        .filter(letter -> text(letter.key()).equals(DEVICE))
        .filter(wanted)
        .findFirst();
  }

  private void aRehearsalChangesNothing() throws Exception {
    long before = commands();

    List<String> lines = twinlog.run(0, "dead-letters", "redrive", "--key", DEVICE, "--dry-run");

    assertThat(lines)
        .hasSize(2)
        .allMatch(line -> line.contains("WOULD_SEND") && line.contains("RedriveDeadLetter"));
    assertThat(commands()).isEqualTo(before);
  }

  private long commands() {
    return TopicContents.read(bootstrap, Topic.COMMANDS).stream()
        .filter(record -> !header(record, "tl-type").equals("tick"))
        .count();
  }

  private void theDeviceIsRegisteredAndItsLettersRedriven(String early, String garbled)
      throws Exception {
    command("RegisterDevice", "{\"model\":\"M\"}");

    List<String> results = twinlog.run(3, "dead-letters", "redrive", "--key", DEVICE);

    assertThat(results)
        .hasSize(2)
        .anyMatch(line -> line.contains(quoted(early)) && line.contains("ACCEPTED"))
        .anyMatch(line -> line.contains(quoted(garbled)) && line.contains("dead_letter_again"));
    Awaitility.await().atMost(PATIENCE).until(() -> log().contains("FaultOpened"));
  }

  private static String quoted(String letter) {
    return '"' + letter + '"';
  }

  private List<String> log() {
    SingleObject singleObject = new SingleObject();
    return TopicContents.read(bootstrap, Topic.DEVICE_LOG).stream()
        .filter(record -> text(record.key()).equals(DEVICE))
        .map(record -> singleObject.decode(record.value()).get("event").toString())
        .toList();
  }

  private String whatFailsAgainIsALetterAgain(String garbled) {
    ConsumerRecord<byte[], byte[]> first =
        letter(letter -> id(letter).equals(garbled)).orElseThrow();
    ConsumerRecord<byte[], byte[]> again =
        letter(letter -> header(letter, "dlq.previous").equals(garbled)).orElseThrow();
    assertThat(again.value()).isEqualTo(first.value());
    assertThat(header(again, "dlq.attempt")).isEqualTo("2");
    for (String kept : List.of("dlq.first-seen", "__connect.errors.offset", "dlq.errors")) {
      assertThat(header(again, kept)).as(kept).isEqualTo(header(first, kept));
    }
    return id(again);
  }

  /** Of the three letters of the device two were redriven: they are left alone. */
  private void whatIsOfNoUseIsDiscarded(String early, String again) throws Exception {
    assertThat(twinlog.run(0, "dead-letters", "discard", "--key", DEVICE, "--note", "a test"))
        .singleElement()
        .asString()
        .contains("ACCEPTED", "DiscardDeadLetter", quoted(again));

    Map<String, String> statuses = new HashMap<>();
    for (String line :
        twinlog.run(0, "dead-letters", "list", "--key", DEVICE, "--status", "all", "--json")) {
      JsonNode letter = JSON.readTree(line);
      statuses.put(letter.get("letter").asText(), letter.get("status").asText());
    }
    assertThat(statuses)
        .hasSize(3)
        .containsEntry(early, "redriven")
        .containsEntry(again, "discarded");
    JsonNode shown =
        JSON.readTree(String.join("\n", twinlog.run(0, "dead-letters", "show", again)));
    assertThat(shown.get("value_text").asText()).isEqualTo(GARBLED);
    assertThat(shown.get("history")).hasSize(2);
    assertThat(shown.at("/history/1/letter").asText()).isEqualTo(again);
    assertThat(shown.at("/results/0/note").asText()).isEqualTo("a test");
  }

  private void aRedriveThatIsForcedIsDroppedAsADuplicate(String early) throws Exception {
    List<String> results = twinlog.run(0, "dead-letters", "redrive", early, "--again");

    assertThat(results).singleElement().asString().contains("ACCEPTED");
    // A later command of the same key: when that is in the log, so is what the redrive yielded.
    command("SetAttributes", "{\"attributes\":{\"a\":1}}");
    Awaitility.await().atMost(PATIENCE).until(() -> log().contains("AttributesSet"));
    assertThat(log()).containsOnlyOnce("FaultOpened").hasSize(4);
  }

  private static String id(ConsumerRecord<byte[], byte[]> letter) {
    return letter.partition() + "/" + letter.offset();
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
