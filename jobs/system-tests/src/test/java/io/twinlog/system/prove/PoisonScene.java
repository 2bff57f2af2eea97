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
          Topic.DEAD_LETTERS);

  /** Time after the redrive: a job that was killed learns the time from the next ticks. */
  private static final Duration AFTER = Duration.ofSeconds(5);

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
      awaitAll(WELL, ILL);
      assertThatTheOthersDidNotNotice();
      assertThatItWaits(ofPoisonedIn(WELL, Topic.DEVICE_LOG));
      Files.delete(brokenBy);
      startAnew(ill.router());
      startAnew(ill.device());
      rig.awaitReady();
      report.say("the handler is mended; both jobs go on from savepoints");
      redriveThroughAKill(ill.device());
      wellLog.pass(AFTER);
      illLog.pass(AFTER);
      awaitAll(WELL, ILL);
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
      awaitAll(ILL);
      assertThatItWaits(ofTwin(outputs(ILL, Topic.DEVICE_LOG)));
      Files.delete(brokenBy);
      redriveThroughAKill(ill.device());
      log.pass(AFTER);
      awaitAll(ILL);
    }
    for (Topic topic : OF_DEVICES) {
      KeyedOutputs outputs = outputs(ILL, topic);
      assertThat(outputs.of(BrittleHandler.DEVICE)).as("%s", topic).isEqualTo(ofTwin(outputs));
    }
    assertThatItsAvailabilityIsOf(ofTwin(outputs(ILL, Topic.DEVICE_AVAILABILITY)));
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

  private void awaitAll(String... prefixes) {
    for (String prefix : prefixes) {
      new Backlog(rig.bootstrap(), prefix).awaitBoth(0);
    }
    report.say("all is read");
  }

  private KeyedOutputs outputs(String prefix, Topic topic) {
    return KeyedOutputs.of(rig.bootstrap(), prefix, topic);
  }

  private List<String> ofPoisonedIn(String prefix, Topic topic) {
    return outputs(prefix, topic).of(BrittleHandler.DEVICE);
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
    List<Topic> topics = new ArrayList<>(OF_DEVICES);
    topics.add(Topic.DEVICE_AVAILABILITY);
    for (Topic topic : topics) {
      KeyedOutputs expected = outputs(WELL, topic).without(BrittleHandler.DEVICE);
      KeyedOutputs found = outputs(ILL, topic).without(BrittleHandler.DEVICE);
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
    List<String> found = ofPoisonedIn(ILL, Topic.DEVICE_LOG);
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
    for (Topic topic : OF_DEVICES) {
      KeyedOutputs expected = outputs(WELL, topic);
      KeyedOutputs found = outputs(ILL, topic);
      assertThat(found.of(BrittleHandler.DEVICE))
          .as("of the poisoned device in %s", topic)
          .isEqualTo(expected.of(BrittleHandler.DEVICE));
      assertThat(expected.differences(found)).as("keys that differ in %s", topic).isEmpty();
    }
    assertThatItsAvailabilityIsOf(ofPoisonedIn(WELL, Topic.DEVICE_AVAILABILITY));
    assertThatAllIsReleased();
  }

  /**
   * It counts a transition at the time at which it hears of it, that of the redrive; where it ends
   * is the same.
   */
  private void assertThatItsAvailabilityIsOf(List<String> expected) {
    assertThat(expected).hasSize(1);
    assertThat(ofPoisonedIn(ILL, Topic.DEVICE_AVAILABILITY))
        .singleElement()
        .extracting(PoisonScene::upToSince)
        .isEqualTo(upToSince(expected.get(0)));
  }

  /** Device, version, version of the device, status. */
  private static String upToSince(String availability) {
    return availability.substring(0, availability.indexOf(", \"since\""));
  }

  private void assertThatAllIsReleased() throws Exception {
    assertThat(changes(parked(), ParkedChange.RELEASED)).hasSize(plan.fromTelemetryOn());
    int versions = ofPoisonedIn(ILL, Topic.DEVICE_LOG).size();
    long written =
        TopicContents.readCommitted(rig.bootstrap(), Topic.DEVICE_LOG.in(ILL)).stream()
            .filter(record -> Arrays.equals(record.key(), KEY))
            .count();
    report.figure(
        "after the redrive",
        "the same, %d versions; %d of them came twice".formatted(versions, written - versions));
    TwinlogCommand.start(rig.bootstrap(), ILL, "ledger", "check").await(0);
    report.figure("ledger", "no residue");
  }
}
