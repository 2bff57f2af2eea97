// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.AggregateRig.HOUR;
import static io.twinlog.flink.AggregateRig.SECOND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.AggregateRig.Sent;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key whose rule throws waits, with all that comes later; nobody else does. */
class ParkingTest {
  private static final long ROUND = 20 * SECOND;

  private final AtomicLong offset = new AtomicLong(9);
  private AggregateRig rig;

  @BeforeEach
  void open() throws Exception {
    TestingCounter.BROKEN.set(true);
    rig = new AggregateRig();
  }

  @AfterEach
  void close() {
    rig.close();
    TestingCounter.BROKEN.set(true);
  }

  private Sent report(String words, long clock) {
    return report("k-1", words, clock);
  }

  private Sent report(String key, String words, long clock) {
    return Sent.of(key, "report " + words, offset.incrementAndGet(), clock);
  }

  private static String ofJob(String data) {
    return data.contains("\"job\"")
        ? data
        : data.replaceFirst(
            "\\{", data.equals("{}") ? "{\"job\":\"counter\"" : "{\"job\":\"counter\",");
  }

  private InboxRecord command(String id, String name, String data, long clock) {
    Command command = new Command();
    command.setId(id);
    command.setCommand(name);
    command.setAggregateId("k-1");
    command.setData(ofJob(data));
    command.setMetadata(EventMetadata.newBuilder().setPriority(Priority.NORMAL).build());
    return new InboxRecord(
        "k-1",
        new SingleObject().encode(command),
        name,
        new InboxRecord.Place(1, offset.incrementAndGet()),
        "c/0",
        new LogClock(1, clock, Ticks.WALL + clock),
        7,
        "",
        null,
        "",
        "",
        clock,
        "");
  }

  private InboxRecord redrive(String id, long clock) {
    return command(id, "RedriveParked", "{}", clock);
  }

  /** An event whose handler failed at the router. */
  private InboxRecord failed(String id, String words, long clock) {
    Event event =
        Event.newBuilder()
            .setId(id)
            .setEventType(TestingHandler.TYPE)
            .setSource(new EventSource("s", "k-1", "1"))
            .setTimestamp(Instant.ofEpochMilli(Ticks.WALL + clock))
            .setData(new EventData(ByteBuffer.wrap(words.getBytes(UTF_8)), "1", Encoding.TEXT))
            .setMetadata(EventMetadata.newBuilder().setPriority(Priority.NORMAL).build())
            .build();
    return new InboxRecord(
        "k-1",
        new SingleObject().encode(event),
        TestingHandler.TYPE,
        new InboxRecord.Place(1, offset.incrementAndGet()),
        "t/0",
        new LogClock(1, clock, Ticks.WALL + clock),
        7,
        "",
        null,
        "",
        "TestingHandler: no route to host",
        clock,
        "");
  }

  private static List<String> of(List<String> lines, String topic) {
    return lines.stream().filter(line -> line.startsWith(topic + " ")).toList();
  }

  private static List<String> sums(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("device."))
        .map(line -> line.substring(0, line.indexOf(" [")))
        .toList();
  }

  @Test
  void parksTheKeyOfARuleThatThrowsAndTellsOfIt() throws Exception {
    rig.send(report("e-1 open 0", 0));

    List<String> lines = rig.send(report("e-2 poison 0", SECOND));

    assertThat(lines)
        .extracting(line -> line.split(" ")[0])
        .containsExactly("parked", "events.error");
    assertThat(lines.get(1))
        .startsWith("events.error " + AlertId.key("twinlog/counter/k-1", "handler_failed") + " ")
        .contains("k-1 is parked: ", "\"reason\":\"rule_failed\"")
        .endsWith(" [11/1]");
    assertThat(rig.metrics.count("twinlog_failed")).isEqualTo(1);
  }

  @Test
  void leavesNothingOfAnInputWhoseOutputsThrow() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 add 5", 0));

    List<String> lines = rig.send(report("e-3 late-poison 0", SECOND));
    assertThat(sums(lines)).isEmpty();

    TestingCounter.BROKEN.set(false);
    assertThat(sums(rig.send(redrive("r-1", 2 * SECOND))))
        .containsExactly(
            "device.log k-1 3: late-poison 0 at 1000 by announced", "device.state k-1 sum 5");
  }

  @Test
  void holdsWhatComesLaterOfTheKeyAndNothingOfAnother() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 poison 0", SECOND));

    assertThat(sums(rig.send(report("e-3 add 5", 2 * SECOND)))).isEmpty();
    assertThat(sums(rig.send(report("k-2", "e-1 open 0", 3 * SECOND)))).hasSize(2);
  }

  @Test
  void worksOffWhatWaitsAsIfNothingHadBeen() throws Exception {
    Sent[] inputs = {
      report("e-1 open " + ROUND, 0),
      report("e-2 poison 1", SECOND),
      report("e-3 add 5", 2 * SECOND),
      report("e-3 add 5", 3 * SECOND),
      report("e-4 add 7", ROUND + 5 * SECOND),
      report("k-2", "e-1 open 0", ROUND + 6 * SECOND),
      report("e-5 add 1", ROUND + 7 * SECOND)
    };
    TestingCounter.BROKEN.set(false);
    List<String> whole;
    try (AggregateRig healthy = new AggregateRig()) {
      whole = sums(healthy.send(inputs));
    }

    TestingCounter.BROKEN.set(true);
    List<String> poisoned = new java.util.ArrayList<>(sums(rig.send(inputs)));
    TestingCounter.BROKEN.set(false);
    poisoned.addAll(sums(rig.send(redrive("r-1", ROUND + 8 * SECOND))));

    assertThat(keyOf(poisoned, "k-1")).isEqualTo(keyOf(whole, "k-1"));
    assertThat(keyOf(poisoned, "k-2")).isEqualTo(keyOf(whole, "k-2"));
    assertThat(sums(rig.send(report("e-6 add 2", ROUND + 9 * SECOND))))
        .contains("device.state k-1 sum 15");
  }

  private static List<String> keyOf(List<String> lines, String key) {
    return lines.stream().filter(line -> line.contains(" " + key + " ")).toList();
  }

  @Test
  void letsNoTimePassForAKeyThatWaits() throws Exception {
    rig.send(report("e-1 open " + ROUND, 0), report("e-2 poison 0", SECOND));

    assertThat(rig.watermark(10 * ROUND)).isEmpty();

    TestingCounter.BROKEN.set(false);
    assertThat(sums(rig.send(redrive("r-1", 10 * ROUND))))
        .startsWith("device.log k-1 2: poison 0 at 1000 by announced");
    assertThat(sums(rig.watermark(10 * ROUND + 1)))
        .contains("device.log k-1 3: round-over 0 at 20000 by timeout");
  }

  /** Those behind a shuffle hear of versions in their order, or what they show stays wrong. */
  @Test
  void tellsSecondStagesOfWhatFollowsARedriveNoEarlierThanOfTheRedrive() throws Exception {
    rig.send(report("e-1 open " + ROUND, 0), report("e-2 poison 0", SECOND));
    TestingCounter.BROKEN.set(false);
    rig.send(redrive("r-1", 10 * ROUND));

    rig.watermark(10 * ROUND + 1);

    assertThat(rig.notices())
        .containsExactly(
            "k-1/1 at 0",
            "k-1/2 at 200000",
            "k-1/3 at 200000",
            "k-1/4 at 200000",
            "k-1/5 at 200000");
  }

  @Test
  void numbersTheOutputsOfARedriveByItsOwnPlace() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 poison 0", SECOND), report("e-3 add 5", SECOND));
    TestingCounter.BROKEN.set(false);

    List<String> lines = rig.send(redrive("r-1", 2 * SECOND));

    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).endsWith("[13/" + i + "]");
    }
    assertThat(of(lines, "command.results"))
        .containsExactly("command.results r-1 ACCEPTED 3 [] [] [13/6]");
  }

  @Test
  void saysWhereARedriveFailsAgain() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 poison 0", SECOND), report("e-3 add 5", SECOND));

    List<String> lines = rig.send(redrive("r-1", 2 * SECOND));
    assertThat(of(lines, "command.results"))
        .containsExactly("command.results r-1 REFUSED 1 [] [parked_again] [13/1]");

    TestingCounter.BROKEN.set(false);
    assertThat(sums(rig.send(redrive("r-2", 3 * SECOND)))).contains("device.state k-1 sum 5");
  }

  @Test
  void leavesACommandForAnotherJobToThatJob() throws Exception {
    rig.send(report("e-1 open 0", 0));

    assertThat(rig.send(command("r-1", "RedriveParked", "{\"job\":\"other\"}", SECOND))).isEmpty();
    assertThat(rig.send(command("r-2", "RedriveParked", "{\"job\":\"counter\"}", SECOND)))
        .hasSize(1);
  }

  @Test
  void refusesToRedriveAKeyThatDoesNotWaitAndAnswersARepeatTheSame() throws Exception {
    rig.send(report("e-1 open 0", 0));

    assertThat(rig.send(redrive("r-1", SECOND)))
        .containsExactly("command.results r-1 REFUSED 1 [] [not_parked] [11/0]");
    assertThat(rig.send(redrive("r-1", SECOND)))
        .containsExactly("command.results r-1 REFUSED 1 [] [not_parked] [12/0]");
    assertThat(rig.metrics.count("twinlog_duplicates")).isEqualTo(1);
  }

  @Test
  void discardsTheFirstAndWorksOffTheRest() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 poison 0", SECOND), report("e-3 add 5", SECOND));

    List<String> lines = rig.send(command("d-1", "DiscardParked", "{}", 2 * SECOND));

    assertThat(sums(lines))
        .containsExactly("device.log k-1 2: add 5 at 1000 by announced", "device.state k-1 sum 5");
    assertThat(of(lines, "command.results")).singleElement().asString().contains("ACCEPTED");
  }

  @Test
  void discardsAllOnRequest() throws Exception {
    rig.send(
        report("e-1 open 0", 0), report("e-2 poison 0", SECOND), report("e-3 poison 5", SECOND));

    assertThat(sums(rig.send(command("d-1", "DiscardParked", "{\"all\":true}", 2 * SECOND))))
        .isEmpty();
    assertThat(sums(rig.send(report("e-4 add 1", 3 * SECOND)))).contains("device.state k-1 sum 1");
  }

  @Test
  void makesDeadLettersOfWhatIsBeyondTheMostOfAKey() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 poison 0", SECOND));
    for (int i = 0; i < 4; i++) {
      rig.send(report("h-" + i + " add 1", SECOND));
    }

    List<String> lines = rig.send(report("h-5 add 1", SECOND));

    assertThat(lines).hasSize(1);
    OutputRecord letter = rig.outputs().get(rig.outputs().size() - 1);
    assertThat(AggregateRig.header(letter, "dlq.reason")).isEqualTo("parked_overflow");
  }

  @Test
  void makesADeadLetterOfAFailureWhereNoMoreKeysMayWait() throws Exception {
    // One key of a key group may wait here; these two are of one.
    String[] keys = Keys.ofOneGroup(2);
    for (String key : keys) {
      rig.send(report(key, "e-1 open 0", 0));
    }
    rig.send(report(keys[0], "e-2 poison 0", SECOND));

    rig.send(report(keys[1], "e-2 poison 0", SECOND));

    OutputRecord letter = rig.outputs().get(rig.outputs().size() - 1);
    assertThat(AggregateRig.header(letter, "dlq.reason")).isEqualTo("parked_overflow");
    assertThat(AggregateRig.header(letter, "dlq.errors")).contains("rule_failed");
    assertThat(sums(rig.send(report(keys[1], "e-3 add 1", SECOND)))).hasSize(2);
  }

  @Test
  void parksAKeyWhoseDeadlineThrowsUntilItIsRedriven() throws Exception {
    rig.send(report("e-1 open " + ROUND, 0), report("e-2 add " + TestingCounter.BAD_TOTAL, SECOND));

    assertThat(of(rig.watermark(ROUND), "parked")).hasSize(1);
    assertThat(sums(rig.send(report("e-3 add 1", ROUND + SECOND)))).isEmpty();

    TestingCounter.BROKEN.set(false);
    assertThat(sums(rig.send(redrive("r-1", ROUND + 2 * SECOND))))
        .startsWith(
            "device.log k-1 3: round-over 0 at 20000 by timeout",
            "device.state k-1 sum 666",
            "device.log k-1 4: add 1 at 21000 by announced");
  }

  @Test
  void tellsThatAKeyIsFreeOfWhichOnlyADeadlineHasFailed() throws Exception {
    rig.send(report("e-1 open " + ROUND, 0), report("e-2 add " + TestingCounter.BAD_TOTAL, SECOND));
    rig.watermark(ROUND);
    TestingCounter.BROKEN.set(false);

    assertThat(changes(rig, () -> rig.send(redrive("r-1", ROUND + SECOND))))
        .containsExactly("RELEASED -1");
    assertThat(changes(rig, () -> rig.watermark(ROUND + 2 * SECOND))).isEmpty();
  }

  @Test
  void tellsOfAKeyThatWasGivenUpOnlyWhatWasGivenUp() throws Exception {
    rig.send(report("e-1 open 0", 0), report("e-2 poison 0", SECOND));

    assertThat(changes(rig, () -> rig.send(command("d-1", "DiscardParked", "{}", 2 * SECOND))))
        .containsExactly("DISCARDED 11");
  }

  private interface Act {
    void run() throws Exception;
  }

  /** What was written to the topic parked meanwhile. */
  private static List<String> changes(AggregateRig rig, Act act) throws Exception {
    int before = rig.outputs().size();
    act.run();
    List<String> changes = new java.util.ArrayList<>();
    for (OutputRecord output : rig.outputs().subList(before, rig.outputs().size())) {
      if (output.topic().equals("parked")) {
        Parked parked = new SingleObject().decode(output.value(), Parked.class);
        changes.add(parked.getChange() + " " + parked.getOffset());
      }
    }
    return changes;
  }

  @Test
  void keepsWhatWaitsOverARestore() throws Exception {
    rig.send(
        report("e-1 open " + HOUR, 0), report("e-2 poison 0", SECOND), report("e-3 add 5", SECOND));
    var snapshot = rig.snapshot();
    rig.close();
    TestingCounter.BROKEN.set(false);
    rig = new AggregateRig(snapshot);

    assertThat(sums(rig.send(report("e-4 add 1", 2 * SECOND)))).isEmpty();
    assertThat(sums(rig.send(redrive("r-1", 3 * SECOND)))).contains("device.state k-1 sum 6");
  }

  @Test
  void leavesNothingOfAnUnknownKeyThatWasParkedAndDiscarded() throws Exception {
    TestingCounter.BROKEN.set(true);
    rig.send(report("e-1 poison 0", SECOND));
    rig.send(command("d-1", "DiscardParked", "{}", 2 * SECOND));
    rig.watermark(25 * HOUR);

    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void triesAHandlerAgainOnTheClockAndWorksOffWhatItMakes() throws Exception {
    TestingHandler.failures(1);
    rig.send(report("e-1 open 0", 0));
    assertThat(sums(rig.send(failed("f-1", "report f-1 add 5", SECOND)))).isEmpty();
    assertThat(sums(rig.send(report("e-2 add 1", SECOND)))).isEmpty();

    // After one second it fails once more, after two more it succeeds.
    assertThat(of(rig.watermark(2 * SECOND), "parked")).hasSize(1);
    assertThat(rig.watermark(3 * SECOND)).isEmpty();
    assertThat(sums(rig.watermark(4 * SECOND)))
        .containsExactly(
            "device.log k-1 2: add 5 at 1000 by announced",
            "device.state k-1 sum 5",
            "device.log k-1 3: add 1 at 1000 by announced",
            "device.state k-1 sum 6");
    assertThat(rig.timers()).isZero();
  }

  @Test
  void triesBeforeTheNextInputOfTheKeyThatIsBehindTheRetry() throws Exception {
    TestingHandler.failures(0);
    rig.send(report("e-1 open 0", 0));
    rig.send(failed("f-1", "report f-1 add 5", SECOND));

    assertThat(sums(rig.send(report("e-2 add 1", 3 * SECOND))))
        .contains("device.state k-1 sum 5", "device.state k-1 sum 6");
  }

  @Test
  void waitsForACommandWhenAllRetriesAreUsedUp() throws Exception {
    TestingHandler.failures(10);
    rig.send(report("e-1 open 0", 0));
    rig.send(failed("f-1", "report f-1 add 5", SECOND));

    assertThat(of(rig.watermark(HOUR), "parked")).hasSize(2);
    assertThat(rig.timers()).isZero();

    TestingHandler.failures(0);
    assertThat(sums(rig.send(redrive("r-1", 2 * HOUR)))).contains("device.state k-1 sum 5");
  }

  @Test
  void makesADeadLetterOfAHandlerThatFailsLowAtARetry() throws Exception {
    TestingHandler.failures(0);
    rig.send(report("e-1 open 0", 0));
    rig.send(failed("f-1", "low", SECOND));

    List<String> lines = rig.send(report("e-2 add 1", 3 * SECOND));

    assertThat(of(lines, "dead-letters")).hasSize(1);
    assertThat(sums(lines)).contains("device.state k-1 sum 1");
  }

  @Test
  void endsTheJobWhereAHandlerDemandsItAtARetry() throws Exception {
    TestingHandler.failures(0);
    rig.send(report("e-1 open 0", 0));
    rig.send(failed("f-1", "high", SECOND));

    assertThatThrownBy(() -> rig.send(report("e-2 add 1", 3 * SECOND)))
        .isInstanceOf(SuppressRestartsException.class);
  }

  @Test
  void undoesAllThatAHandlerMadeWhereOnePartFails() throws Exception {
    TestingHandler.failures(0);
    rig.send(report("e-1 open 0", 0));
    rig.send(failed("f-1", "report f-1 add 5;report f-2 poison 0", SECOND));

    assertThat(sums(rig.send(report("e-2 add 1", 3 * SECOND)))).isEmpty();

    TestingCounter.BROKEN.set(false);
    assertThat(sums(rig.send(redrive("r-1", 4 * SECOND))))
        .containsExactly(
            "device.log k-1 2: add 5 at 1000 by announced",
            "device.state k-1 sum 5",
            "device.log k-1 3: poison 0 at 1000 by announced",
            "device.state k-1 sum 5",
            "device.log k-1 4: add 1 at 3000 by announced",
            "device.state k-1 sum 6");
  }

  @Test
  void countsTheOutputsOfAKeyWhoseHandlerMakesNothingOfTheEvent() throws Exception {
    TestingHandler.failures(0);
    rig.send(report("e-1 open 0", 0));
    rig.send(failed("f-1", "nothing", SECOND));
    // Another key's outputs come in between.
    rig.send(report("k-2", "e-1 open 0", SECOND), report("k-2", "e-2 add 1", SECOND));

    List<String> lines = of(rig.watermark(HOUR), "parked");

    // The place of the record that was held: its index goes on behind those of its being parked.
    assertThat(lines).singleElement().asString().endsWith("[11/2]");
  }

  @Test
  void retriesTheVeryFirstInputOfAKeyAtATimeOfTheLog() throws Exception {
    TestingHandler.failures(0);
    rig.send(failed("f-1", "report f-1 open 0", SECOND));

    rig.watermark(HOUR);

    OutputRecord released = rig.outputs().get(rig.outputs().size() - 1);
    Parked told = new SingleObject().decode(released.value(), Parked.class);
    assertThat(told.getChange()).isEqualTo(ParkedChange.RELEASED);
    assertThat(told.getAt()).isEqualTo(Instant.ofEpochMilli(Ticks.WALL + 2 * SECOND));
  }

  @Test
  void givesUpNoOtherInputThanTheOneThatWasSeen() throws Exception {
    rig.send(report("e-1 open 0", 0));
    rig.send(report("e-2 poison 0", SECOND), report("e-3 add 5", SECOND));

    rig.send(command("d-1", "DiscardParked", "{\"first\":\"1/4711\"}", 2 * SECOND));
    CommandResult refused = lastResult();
    assertThat(refused.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(refused.getReasons().get(0).getCode()).isEqualTo("other_input");
    assertThat(refused.getReasons().get(0).getMessage()).contains("1/11");

    assertThat(sums(rig.send(command("d-2", "DiscardParked", "{\"first\":\"1/11\"}", 3 * SECOND))))
        .contains("device.state k-1 sum 5");
    assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.ACCEPTED);
  }

  private CommandResult lastResult() {
    return rig.outputs().stream()
        .filter(output -> output.topic().equals("command.results"))
        .reduce((one, other) -> other)
        .map(output -> new SingleObject().decode(output.value(), CommandResult.class))
        .orElseThrow();
  }

  @Test
  void holdsNoInputsOfAKeyWhoseDeadlineFailsWhereNoMoreKeysMayWait() throws Exception {
    String[] keys = Keys.ofOneGroup(2);
    String bad = "e-2 add " + TestingCounter.BAD_TOTAL;
    rig.send(report(keys[0], "e-1 open 0", 0), report(keys[0], "e-2 poison 0", SECOND));
    rig.send(report(keys[1], "e-1 open " + ROUND, 0), report(keys[1], bad, SECOND));
    assertThat(of(rig.watermark(ROUND), "parked")).hasSize(1);

    rig.send(report(keys[1], "e-3 add 1", ROUND + SECOND));

    OutputRecord letter = rig.outputs().get(rig.outputs().size() - 1);
    assertThat(AggregateRig.header(letter, "dlq.reason")).isEqualTo("parked_overflow");
    assertThat(AggregateRig.header(letter, "dlq.errors")).contains("whose deadline has failed");
  }
}
