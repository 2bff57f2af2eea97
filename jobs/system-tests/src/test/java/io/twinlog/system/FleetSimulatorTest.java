// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.local.fleet.LoadCommand;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A local run with its fleet, as its user starts it: what Twinlog finds, against the truth. */
class FleetSimulatorTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DEVICES = 40;

  @TempDir static Path directory;
  private static LocalProcess run;

  @BeforeAll
  static void start() throws IOException {
    run =
        LocalProcess.startWithFleet(
            directory.resolve("data"),
            0,
            List.of(
                "--jobs=router,device",
                "--devices=" + DEVICES,
                "--rate=200",
                "--mix=malformed=0.1,reconnects=0.05,doubles=0.05,silences=0",
                "--set=execution.checkpointing.interval=500 ms"));
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @Test
  void registersEachDevice() {
    await().until(() -> DeviceHistory.of(run.bootstrap()).logs().size() >= DEVICES);

    assertThat(eventsOf("sim-00000").get(0)).isEqualTo("DeviceRegistered");
    assertThat(run.data().resolve("fleet-truth.jsonl")).exists();
  }

  @Test
  void makesADeadLetterOfEachMalformedMessageAndOfNothingElse() throws IOException {
    await().until(() -> truth("malformed").size() >= 50);
    Map<String, Long> told = malformed();

    await().until(() -> exceeds(letters(), told));
    Map<String, Long> letters = letters();
    await().until(() -> exceeds(malformed(), letters));
  }

  @Test
  void takesNobodyOfflineByALateLastWill() throws IOException {
    await().until(() -> truth("last_will_late").size() >= 20);
    int wills = truth("last_will_late").size();

    await()
        .until(
            () -> deviceEvents().stream().filter(e -> e.equals("StatusIgnored")).count() >= wills);
    assertThat(deviceEvents()).doesNotContain("DeviceWentOffline");
  }

  @Test
  void measuresALoadBesideIt() throws IOException {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new LoadCommand());
    command.setOut(new PrintWriter(out));

    int exit =
        command.execute(
            "--bootstrap=" + run.bootstrap(), "--devices=50", "--rate=300", "--for=1s", "--json");

    JsonNode figures = JSON.readTree(out.toString());
    assertThat(exit).as(out.toString()).isZero();
    assertThat(figures.get("acknowledged").asLong())
        .isEqualTo(figures.get("offered").asLong())
        .isPositive();
    assertThat(figures.at("/latency_ms/p99").asDouble()).isPositive();
    assertThat(figures.at("/unread/device/end").isNumber()).isTrue();
    assertThat(figures.get("caught_up_seconds").isNumber()).isTrue();
    assertThat(eventsOf("load-00049")).startsWith("DeviceRegistered");
  }

  private static List<String> deviceEvents() {
    List<String> events = new ArrayList<>();
    DeviceHistory history = DeviceHistory.of(run.bootstrap());
    history.logs().keySet().stream()
        .filter(device -> device.startsWith("sim-"))
        .forEach(device -> events.addAll(history.eventsOf(device)));
    return events;
  }

  private static List<String> eventsOf(String device) {
    return DeviceHistory.of(run.bootstrap()).eventsOf(device);
  }

  /** Lines of the truth, the one that is being written left out. */
  private static List<JsonNode> truth(String kind) throws IOException {
    String text = Files.readString(run.data().resolve("fleet-truth.jsonl"));
    List<JsonNode> facts = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      JsonNode fact = JSON.readTree(line);
      if (fact.get("kind").asText().equals(kind)) {
        facts.add(fact);
      }
    }
    return facts;
  }

  /** How many dead letters of each device and reason there must be. */
  private static Map<String, Long> malformed() throws IOException {
    return truth("malformed").stream()
        .collect(
            Collectors.groupingBy(
                fact -> fact.get("device").asText() + " " + fact.get("reason").asText(),
                TreeMap::new,
                Collectors.counting()));
  }

  /** How many there are, of the fleet of the local run. */
  private static Map<String, Long> letters() {
    return TopicContents.read(run.bootstrap(), Topic.DEAD_LETTERS).stream()
        .map(letter -> text(letter.key()) + " " + reason(letter))
        .filter(letter -> letter.startsWith("sim-"))
        .collect(Collectors.groupingBy(letter -> letter, TreeMap::new, Collectors.counting()));
  }

  private static boolean exceeds(Map<String, Long> more, Map<String, Long> less) {
    return less.entrySet().stream()
        .allMatch(each -> more.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return text(letter.headers().lastHeader("dlq.reason").value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
  }
}
