// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.testkit.IngressExamples.COMMAND;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.event;
import static io.twinlog.testkit.IngressExamples.replaced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each record is judged by the rules that the last tick of its own source partition carries. */
class RouterRulesTest {
  private static final String HOT = EVENT;
  private static final String COOL = replaced(EVENT, "21.5", "19.5");
  private static final String UNMEASURED = replaced(EVENT, "temperature", "humidity");
  private static final String ACME = event("acme.made", "{\"n\":1}");

  private final SingleObject singleObject = new SingleObject();

  private RouterRig rig;
  private long clock = 1_000;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig(TestingRules.books(), null);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<OutputRecord> inForce(int partition, long version) throws Exception {
    return rig.tickOfRules(Topic.INGRESS, partition, clock += 1_000, version);
  }

  private OutputRecord route(int partition, String json) throws Exception {
    List<OutputRecord> outputs =
        rig.send(Topic.INGRESS, partition, null, json.getBytes(UTF_8), List.of());
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private static String place(OutputRecord output) {
    return output.topic().substring("twinlog.".length()) + "@" + header(output, HeaderNames.RULES);
  }

  @Test
  void judgesEachPartitionByItsOwnLastTickAndGoesOnSoAfterARestore() throws Exception {
    inForce(0, 1);
    inForce(3, 1);
    assertThat(place(route(0, HOT))).isEqualTo("events.domain@1");
    assertThat(place(route(3, HOT))).isEqualTo("events.domain@1");

    inForce(3, 2);
    assertThat(place(route(0, HOT))).isEqualTo("events.domain@1");
    assertThat(place(route(3, HOT))).isEqualTo("dead-letters@2");
    assertThat(place(route(0, ACME))).isEqualTo("events.domain@1");
    assertThat(place(route(3, ACME))).isEqualTo("events.user@2");

    OperatorSubtaskState kept = rig.snapshot();
    try (RouterRig restored = new RouterRig(TestingRules.books(), kept)) {
      RouterRig first = rig;
      rig = restored;
      assertThat(place(route(0, HOT))).isEqualTo("events.domain@1");
      assertThat(place(route(3, HOT))).isEqualTo("dead-letters@2");

      inForce(0, 2);
      assertThat(place(route(0, HOT))).isEqualTo("dead-letters@2");
      assertThat(place(route(0, COOL))).isEqualTo("events.domain@2");
      rig = first;
    }
  }

  @Test
  void judgesByTheSettingsBeforeTheFirstRules() throws Exception {
    assertThat(place(route(0, HOT))).isEqualTo("events.domain@0");
    assertThat(place(route(0, ACME))).isEqualTo("events.integration@0");
  }

  @Test
  void tellsEveryRequirementThatIsBroken() throws Exception {
    inForce(2, 2);
    OutputRecord letter = route(2, UNMEASURED);

    assertThat(header(letter, "dlq.reason")).isEqualTo("invalid_payload");
    assertThat(header(letter, "dlq.errors"))
        .contains(
            "\"code\":\"cool\",\"path\":\"payload\",\"message\":\"too hot: must hold: temperature <= 20;"
                + " it cannot be decided: there is no temperature\"",
            "\"code\":\"measured\",\"path\":\"payload\",\"message\":\"no temperature: must hold:"
                + " has(temperature)\"");
    assertThat(letter.value()).isEqualTo(UNMEASURED.getBytes(UTF_8));
  }

  @Test
  void asksNothingOfAnEventThatItsSchemaRefuses() throws Exception {
    inForce(2, 2);
    OutputRecord letter = route(2, replaced(EVENT, "21.5", "[1]"));

    assertThat(header(letter, "dlq.errors")).doesNotContain("cool");
  }

  @Test
  void takesADefectOfAConditionForARequirementThatIsBroken() throws Exception {
    inForce(2, 4);

    assertThat(header(route(2, COOL), "dlq.errors")).contains("divided by zero");
  }

  @Test
  void knowsOnlyTypesOfTheCatalogueFromTheTickThatSaysSo() throws Exception {
    inForce(2, 2);
    assertThat(place(route(2, ACME))).isEqualTo("events.user@2");

    inForce(2, 3);
    OutputRecord letter = route(2, ACME);
    assertThat(place(letter)).isEqualTo("dead-letters@3");
    assertThat(header(letter, "dlq.reason")).isEqualTo("unknown_event_type");
  }

  @Test
  void flagsWhatRunsAheadByTheRulesOfItsTick() throws Exception {
    String ahead =
        replaced(COOL, "\"2026-01-01T00:00:00.000Z\"", Long.toString(RouterRig.WALL + 60_000));

    inForce(2, 1);
    assertThat(header(route(2, ahead), HeaderNames.FLAGS)).isEmpty();

    inForce(2, 2);
    assertThat(header(route(2, ahead), HeaderNames.FLAGS)).isEqualTo("clock_skew");
  }

  @Test
  void judgesARedriveByTheRulesAtTheCommand() throws Exception {
    inForce(2, 2);
    rig.tickOfRules(Topic.COMMANDS, 1, 9_000, 1);
    assertThat(redrive()).extracting(RouterRulesTest::place).contains("events.domain@1");

    rig.tickOfRules(Topic.COMMANDS, 1, 10_000, 2);
    List<OutputRecord> again = redrive();
    assertThat(again).extracting(RouterRulesTest::place).contains("dead-letters@2");
    CommandResult result =
        singleObject.decode(again.get(again.size() - 1).value(), CommandResult.class);
    assertThat(result.getReasons()).extracting("code").contains("cool");
  }

  private List<OutputRecord> redrive() throws Exception {
    String command =
        """
        {"id":"r-1","command":"RedriveDeadLetter","aggregate_id":"0/17","author":"ann",
         "data":{"letter":"0/17","attempt":2,"first_seen":1767139200000,
                 "topic":"twinlog.ingress","partition":2,"offset":42}}
        """;
    return rig.send(
        Topic.COMMANDS, 1, null, HOT.getBytes(UTF_8), List.of(Header.of("tl-command", command)));
  }

  @Test
  void stampsEveryOutputWithTheVersionOfTheLastTickBeforeItsRecord() throws Exception {
    Outage outage = new Outage(1_500L, Instant.EPOCH, Instant.ofEpochMilli(RouterRig.WALL));
    rig.tickOfRules(Topic.INGRESS, 0, 1_000, 1);
    rig.tickOfRules(Topic.COMMANDS, 1, 1_000, 1);

    List<OutputRecord> told = rig.tick(Topic.INGRESS, 0, 2_000, 2, outage);

    assertThat(told).extracting(OutputRecord::topic).contains("twinlog.events.error");
    assertThat(told).allMatch(output -> header(output, HeaderNames.RULES).equals("2"));
    assertThat(rig.command(COMMAND))
        .isNotEmpty()
        .allMatch(output -> header(output, HeaderNames.RULES).equals("1"));
    assertThat(rig.command("{"))
        .isNotEmpty()
        .allMatch(output -> header(output, HeaderNames.RULES).equals("1"));
  }

  @Test
  void goesBackToNoEarlierRulesThoughATickDoes() throws Exception {
    inForce(2, 2);
    List<OutputRecord> told = inForce(2, 1);

    assertThat(told).isNotEmpty().allMatch(o -> header(o, HeaderNames.RULES).equals("2"));
    InboxTick tick = singleObject.decode(told.get(0).value(), InboxTick.class);
    assertThat(tick.getMarks()).extracting(TickMark::getRulesVersion).containsExactly(2L);
    assertThat(place(route(2, HOT))).isEqualTo("dead-letters@2");
  }

  @Test
  void takesNoTickWithRulesThatNobodyCanHavePublished() throws Exception {
    inForce(2, 1);
    for (long version : new long[] {-1, 1_002, Long.MAX_VALUE}) {
      List<OutputRecord> letter = inForce(2, version);

      assertThat(letter).hasSize(1);
      assertThat(header(letter.get(0), "dlq.errors"))
          .contains("nobody has published version " + version);
    }
    assertThat(place(route(2, HOT))).isEqualTo("events.domain@1");
  }

  @Test
  void endsForGoodWhereTheRulesInForceCannotBeHad() throws Exception {
    inForce(2, 5);

    assertThatThrownBy(() -> route(2, HOT))
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseMessage("there is no version 5");
  }
}
