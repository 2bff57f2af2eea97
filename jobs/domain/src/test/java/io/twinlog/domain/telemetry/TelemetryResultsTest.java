// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.MINUTE;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.measured;
import static io.twinlog.domain.telemetry.Quality.result;
import static io.twinlog.domain.telemetry.Quality.undecided;
import static io.twinlog.domain.telemetry.Quality.when;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Reason;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryCommand.Json;
import io.twinlog.domain.telemetry.TelemetryCommand.Processed;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.Triggered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Results of records: kept for 10 minutes, 4 of a device. */
class TelemetryResultsTest {
  private final Quality.Draft draft =
      new Quality.Draft().metric("t", 1, new Check.Range(0, 100, Cost.HARD));

  private TestingDevice device() {
    return new TestingDevice(draft.rules()).registered("m", clock(0));
  }

  private static void collect(TestingDevice device, String eventId, long clock, double value) {
    device.apply(new Collected(measured(eventId, MIDNIGHT + clock, "t", value)), clock(clock));
  }

  private static void isUnknown(Decision<TelemetryStep> decision, String dataId) {
    assertThat(decision)
        .isEqualTo(
            Decision.refused(
                "unknown_data_id",
                "data.payload.data_id",
                dataId
                    + " is none of the records that wait for a result: the last 4 of 600000 ms are"
                    + " kept (quality.results)"));
  }

  @Test
  void attachesAResultToItsRecordAsAnotherRevision() {
    TestingDevice device = device();
    collect(device, "e", 0, 5);
    ScoredRecord first = record(device.facts);

    List<TelemetryFact> facts = device.apply(result("d-1/e", "fine"), clock(MINUTE));

    assertThat(facts).hasSize(1).first().isInstanceOf(Accepted.class);
    assertThat(record(facts))
        .isEqualTo(
            new ScoredRecord(
                "d-1/e",
                "d-1",
                "m",
                first.measurement(),
                1,
                List.of(),
                2,
                "\"fine\"",
                MIDNIGHT + 1));
  }

  @Test
  void takesALaterResultAsTheNextRevision() {
    TestingDevice device = device();
    collect(device, "e", 0, 5);
    device.apply(result("d-1/e", "fine"), clock(0));

    ScoredRecord third = record(device.apply(result("d-1/e", "bad"), clock(0)));

    assertThat(third.revision()).isEqualTo(3);
    assertThat(third.result()).isEqualTo("\"bad\"");
  }

  @Test
  void refusesAResultOfARecordThatItDoesNotHave() {
    TestingDevice device = device();
    collect(device, "e", 0, 5);
    collect(device, "rejected", 0, 101);

    for (String dataId : List.of("", "e", "d-1", "d-1/", "d-1/x", "d-2/e", "d-1/rejected")) {
      isUnknown(device.decide(result(dataId, "fine"), clock(1)), dataId);
    }
  }

  @Test
  void keepsARecordForSoLongAndNoLonger() {
    TestingDevice device = device();
    collect(device, "e", 0, 5);

    assertThat(device.apply(result("d-1/e", "fine"), clock(10 * MINUTE))).hasSize(1);
    isUnknown(device.decide(result("d-1/e", "fine"), clock(10 * MINUTE + 1)), "d-1/e");
  }

  @Test
  void keepsSoManyAndNoMore() {
    TestingDevice device = device();
    for (int i = 0; i < 5; i++) {
      collect(device, "e-" + i, i, 5);
    }

    isUnknown(device.decide(result("d-1/e-0", "fine"), clock(9)), "d-1/e-0");
    for (int i = 1; i < 5; i++) {
      assertThat(device.apply(result("d-1/e-" + i, "fine"), clock(9))).hasSize(1);
    }
  }

  @Test
  void keepsNoneWhereTheRulesSayNone() {
    TestingDevice device = device();
    collect(device, "e", 0, 5);
    device.rules(draft.keeping(MINUTE, 0).rules());
    collect(device, "f", 1, 5);

    assertThat(device.vitals.kept()).isSameAs(Kept.NONE);
    assertThat(device.decide(result("d-1/f", "fine"), clock(1)))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void largeResultsDriveOutTheOldestAndAreBounded() {
    TestingDevice device = device();
    for (int i = 0; i < 4; i++) {
      collect(device, "e-" + i, i, 5);
    }
    for (int i = 0; i < 4; i++) {
      device.apply(result("d-1/e-" + i, "x".repeat(3_000)), clock(9));
      Kept kept = device.vitals.kept();
      int bytes = IntStream.range(0, kept.size()).map(k -> kept.packed(k).length).sum();
      assertThat(bytes).isLessThanOrEqualTo(TestingDevice.LIMITS.keptBytesMax());
    }
    List<TelemetryFact> told = device.apply(result("d-1/e-3", "x".repeat(9_000)), clock(9));
    assertThat(told).hasSize(1);
    assertThat(device.decide(result("d-1/e-3", "x"), clock(9)))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void firesTheTriggersThatHoldInTheirOrder() {
    Action command = new Action.Command("ConfigureDevice", "{}");
    Action event = new Action.Event("maintenance.wanted", "{}");
    List<Map<String, ?>> asked = new ArrayList<>();
    draft
        .trigger(new Trigger("first", when(facts -> asked.add(facts)), command))
        .trigger(new Trigger("never", when(facts -> false), command))
        .trigger(new Trigger("last", when(facts -> (double) facts.get("score") == 1), event));
    TestingDevice device = device();
    collect(device, "e", 0, 5);

    List<TelemetryFact> facts = device.apply(result("d-1/e", "fine"), clock(0));

    ScoredRecord after = record(facts);
    assertThat(facts.subList(1, facts.size()))
        .containsExactly(
            new Triggered("first", command, after), new Triggered("last", event, after));
    assertThat(asked.get(0).keySet().stream().sorted().toList())
        .containsExactly("data", "device_id", "model", "result", "score");
    assertThat(asked.get(0).get("result")).isEqualTo("fine");
    assertThat(asked.get(0).get("data")).isEqualTo(Map.of("t", 5.0));
  }

  @Test
  void flagsATriggerThatCannotBeDecidedOnce() {
    draft.trigger(
        new Trigger("own", undecided("no such key: x"), new Action.Command("ConfigureDevice", "")));
    TestingDevice device = device();
    collect(device, "e", 0, 5);

    device.apply(result("d-1/e", "fine"), clock(0));
    List<TelemetryFact> facts = device.apply(result("d-1/e", "fine"), clock(0));

    assertThat(facts).hasSize(1);
    assertThat(record(facts).flags())
        .containsExactly(new Flag("", "trigger/own", false, "cannot be decided: no such key: x"));
  }

  @Test
  void asksAboutAResultThatIsNull() {
    draft.trigger(
        new Trigger(
            "none", when(facts -> facts.get("result") == null), new Action.Command("X", "{}")));
    TestingDevice device = device();
    collect(device, "e", 0, 5);

    List<TelemetryFact> facts =
        device.apply(new Processed("d-1/e", new Json("null", null), 5), clock(0));

    assertThat(record(facts).result()).isEqualTo("null");
    assertThat(facts).hasSize(2);
  }

  @Test
  void namesTheRuleInItsRefusal() {
    Decision.Refused<TelemetryStep> refused =
        (Decision.Refused<TelemetryStep>) device().decide(result("d-1/e", "fine"), clock(0));
    assertThat(refused.reasons()).extracting(Reason::code).containsExactly("unknown_data_id");
  }
}
