// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.system.TopicContents;
import io.twinlog.system.prove.ProcessRig.Equipment;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Router and device job over one log, twice, with the same jar: once its handler is in good order,
 * once it fails for one device until it is mended. The short form leaves the first out, and
 * compares with a twin of the poisoned device.
 */
final class PoisonScene {
  private static final String WELL = "well.";
  private static final String ILL = "ill.";

  private static final byte[] KEY = BrittleHandler.DEVICE.getBytes(StandardCharsets.UTF_8);

  /** What is said of a device, keyed by it. */
  private static final List<Topic> OF_DEVICES =
      List.of(
          Topic.DEVICE_LOG,
          Topic.DEVICE_STATE,
          Topic.DEVICE_SNAPSHOTS,
          Topic.DEVICE_STATUS,
          Topic.DEVICE_DOWNLINK,
          Topic.DEAD_LETTERS,
          Topic.DEVICE_AVAILABILITY);

  private final ProcessRig rig;
  private final PoisonLog.Plan plan;
  private final Report report;
  private final Path jar;
  private final Path brokenBy;

  PoisonScene(ProcessRig rig, Path directory, PoisonLog.Plan plan, Report report) throws Exception {
    this.rig = rig;
    this.plan = plan;
    this.report = report;
    jar = HandlerJar.write(directory, BrittleHandler.class);
    brokenBy = Files.createFile(directory.resolve("broken"));
  }

  /**
   * The long form: two runs; both jobs are stopped with a savepoint and started again once the
   * handler is mended, as an operator does who puts a repaired jar on the class path.
   */
  void playTwice() throws Exception {
    pair(WELL, List.of());
    Pair ill = illPair();
    rig.awaitReady();
    report.say("two pairs of router and device run, with a handler of data.collected in a jar");
    try (PoisonLog wellLog = new PoisonLog(rig.bootstrap(), WELL, plan);
        PoisonLog illLog = new PoisonLog(rig.bootstrap(), ILL, plan)) {
      report.figure("records of the log", "%,d".formatted(wellLog.write()));
      illLog.write();
      awaitAll(wellLog, illLog);
      assertThatTheOthersDidNotNotice();
      assertThatItWaits(outputs(WELL).get(Topic.DEVICE_LOG).of(BrittleHandler.DEVICE));
      Files.delete(brokenBy);
      startAnew(ill.router());
      startAnew(ill.device());
      rig.awaitReady();
      report.say("the handler is mended; both jobs go on from savepoints");
      redriveThroughAKill(ill.device());
      awaitAll(wellLog, illLog);
    }
    assertThatNothingTellsThemApart();
  }

  /** The short form: one run, and a twin of the poisoned device in it. */
  void playWithTwin() throws Exception {
    Pair ill = illPair();
    rig.awaitReady();
    report.say("router and device run, with a handler of data.collected in a jar");
    try (PoisonLog log = new PoisonLog(rig.bootstrap(), ILL, plan)) {
      report.figure("records of the log", "%,d".formatted(log.write()));
      awaitAll(log);
      assertThatItWaits(ofTwin(outputs(ILL).get(Topic.DEVICE_LOG)));
      Files.delete(brokenBy);
      redriveThroughAKill(ill.device());
      awaitAll(log);
    }
    for (Map.Entry<Topic, KeyedOutputs> entry : outputs(ILL).entrySet()) {
      assertThatOfPoisoned(entry.getKey(), entry.getValue(), ofTwin(entry.getValue()));
    }
    assertThatAllIsReleased();
  }

  private Pair illPair() throws Exception {
    return pair(ILL, List.of("-D" + BrittleHandler.BROKEN_BY + "=" + brokenBy));
  }

  private record Pair(ChildProcess router, ChildProcess device) {}

  private Pair pair(String prefix, List<String> options) throws Exception {
    List<String> parking =
        List.of(
            "parking.retries=2",
            "parking.backoff=1 s",
            // So that the kill comes before a checkpoint has the redrive.
            "execution.checkpointing.interval=2 s");
    return new Pair(
        rig.job("router", prefix, 2, new Equipment(List.of(jar), options, List.of())),
        rig.job("device", prefix, 2, new Equipment(List.of(jar), options, parking)));
  }

  private static void startAnew(ChildProcess job) throws Exception {
    assertThat(job.terminate()).as("exit code").isZero();
    job.restart();
  }

  /** Time goes on meanwhile, the same in all logs. */
  private void awaitAll(PoisonLog... logs) throws Exception {
    Runnable ticks = () -> List.of(logs).forEach(log -> log.pass(Duration.ofSeconds(1)));
    for (PoisonLog log : logs) {
      new Backlog(rig.bootstrap(), log.prefix()).awaitBothOver(ticks);
    }
    report.say("all is read");
  }

  private Map<Topic, KeyedOutputs> outputs(String prefix) {
    return KeyedOutputs.of(rig.bootstrap(), prefix, OF_DEVICES);
  }

  /** What the outputs of the poisoned device must be, by those of its twin. */
  private static List<String> ofTwin(KeyedOutputs outputs) {
    return outputs.of(PoisonLog.TWIN).stream()
        .map(text -> text.replace(PoisonLog.TWIN, BrittleHandler.DEVICE))
        .toList();
  }

  private void assertThatTheOthersDidNotNotice() {
    long records = 0;
    Set<String> devices = new HashSet<>();
    Map<Topic, KeyedOutputs> well = outputs(WELL);
    Map<Topic, KeyedOutputs> ill = outputs(ILL);
    for (Topic topic : OF_DEVICES) {
      KeyedOutputs expected = well.get(topic).without(BrittleHandler.DEVICE);
      KeyedOutputs found = ill.get(topic).without(BrittleHandler.DEVICE);
      assertThat(expected.differences(found)).as("keys that differ in %s", topic).isEmpty();
      records += expected.records();
      if (topic == Topic.DEVICE_STATE) {
        devices.addAll(expected.values().keySet());
      }
    }
    assertThat(devices).hasSizeGreaterThan(plan.devices());
    report.figure(
        "outputs of the others, the same",
        "%,d records of %,d devices".formatted(records, devices.size()));
  }

  /** Nothing of it since the first that failed has happened; all of it waits. */
  private void assertThatItWaits(List<String> expected) throws Exception {
    List<String> found = outputs(ILL).get(Topic.DEVICE_LOG).of(BrittleHandler.DEVICE);
    assertThat(found).isNotEmpty().hasSizeLessThan(expected.size());
    assertThat(expected).startsWith(found.toArray(String[]::new));
    assertThat(found.get(found.size() - 1))
        .contains(BrittleHandler.DEVICE + "-" + (plan.firstOfTelemetry() - 1));
    List<Parked> parked = parked();
    assertThat(changes(parked, ParkedChange.HELD)).hasSize(plan.fromTelemetryOn());
    assertThat(changes(parked, ParkedChange.FAILED)).as("retries").hasSize(2);
    assertThat(parked).hasSize(plan.fromTelemetryOn() + 2);
    String listed = TwinlogCommand.start(rig.bootstrap(), ILL, "parked", "list", "--json").await(0);
    assertThat(listed)
        .contains("\"key\":\"" + BrittleHandler.DEVICE + "\"")
        .contains("\"waiting\":" + plan.fromTelemetryOn())
        .contains("handler_failed", "\"retry_clock\":null");
    report.figure(
        "of the poisoned device",
        "%d versions before it, %d inputs wait".formatted(found.size(), parked.size() - 2));
  }

  private List<Parked> parked() {
    SingleObject codec = new SingleObject();
    List<Parked> parked = new ArrayList<>();
    TopicContents.readCommitted(rig.bootstrap(), Topic.PARKED.in(ILL))
        .forEach(record -> parked.add(codec.decode(record.value(), Parked.class)));
    return parked;
  }

  /** Each input once, however often it is told of. */
  private static Set<String> changes(List<Parked> parked, ParkedChange change) {
    Set<String> inputs = new HashSet<>();
    for (Parked told : parked) {
      if (told.getChange() == change) {
        String input = told.getPartition() + "/" + told.getOffset();
        inputs.add(change == ParkedChange.FAILED ? input + "/" + told.getAttempts() : input);
      }
    }
    return inputs;
  }

  private void redriveThroughAKill(ChildProcess device) throws Exception {
    TwinlogCommand redrive;
    try (KeyWatch watch = new KeyWatch(rig.bootstrap(), Topic.DEVICE_LOG.in(ILL))) {
      redrive =
          TwinlogCommand.start(
              rig.bootstrap(),
              ILL,
              "parked",
              "redrive",
              BrittleHandler.DEVICE,
              "--timeout",
              "120s");
      watch.await(BrittleHandler.DEVICE);
      device.kill();
    }
    report.say("killed at the first outputs of the redrive in device.log");
    device.restart().awaitReady();
    assertThat(redrive.await(0)).contains("ACCEPTED");
    report.say("the redrive is accepted");
  }

  private void assertThatNothingTellsThemApart() throws Exception {
    Map<Topic, KeyedOutputs> well = outputs(WELL);
    Map<Topic, KeyedOutputs> ill = outputs(ILL);
    for (Topic topic : OF_DEVICES) {
      List<String> expected = well.get(topic).of(BrittleHandler.DEVICE);
      assertThatOfPoisoned(topic, ill.get(topic), expected);
      assertThat(
              well.get(topic)
                  .without(BrittleHandler.DEVICE)
                  .differences(ill.get(topic).without(BrittleHandler.DEVICE)))
          .as("keys that differ in %s", topic)
          .isEmpty();
    }
    assertThatAllIsReleased();
  }

  /**
   * Availability counts a transition at the time at which it hears of it, that of the redrive; in
   * what it ends is the same. All else is the same.
   */
  private static void assertThatOfPoisoned(
      Topic topic, KeyedOutputs outputs, List<String> expected) {
    boolean availability = topic == Topic.DEVICE_AVAILABILITY;
    assertThat(outputs.of(BrittleHandler.DEVICE).stream().map(t -> upTo(t, availability)))
        .as("of the poisoned device in %s", topic)
        .containsExactlyElementsOf(expected.stream().map(t -> upTo(t, availability)).toList());
  }

  /** Of availability device, version, version of the device, status. */
  private static String upTo(String text, boolean availability) {
    return availability ? text.substring(0, text.indexOf(", \"since\"")) : text;
  }

  private void assertThatAllIsReleased() throws Exception {
    assertThat(changes(parked(), ParkedChange.RELEASED)).hasSize(plan.fromTelemetryOn());
    int versions = outputs(ILL).get(Topic.DEVICE_LOG).of(BrittleHandler.DEVICE).size();
    long written =
        TopicContents.readCommitted(rig.bootstrap(), Topic.DEVICE_LOG.in(ILL)).stream()
            .filter(record -> Arrays.equals(record.key(), KEY))
            .count();
    report.figure(
        "after the redrive",
        "the same, %d versions; %d of them came twice".formatted(versions, written - versions));
    for (String job : List.of("router", "device")) {
      TwinlogCommand.start(rig.bootstrap(), ILL, "ledger", "check", "--job", job).await(0);
    }
    report.figure("ledger", "no residue");
  }
}
