// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.AggregateRig.HOUR;
import static io.twinlog.flink.AggregateRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.AggregateRig.Sent;
import io.twinlog.schemas.CommandResult;
import io.twinlog.wire.SingleObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AggregateCommandsTest {
  private AggregateRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new AggregateRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Sent request(String words, long offset, long clock) {
    return Sent.of("k-1", "request " + words, offset, clock).from("commands/0");
  }

  private CommandResult lastResult() {
    List<OutputRecord> outputs = rig.outputs();
    return new SingleObject().decode(outputs.get(outputs.size() - 1).value(), CommandResult.class);
  }

  @Test
  void answersBehindWhatTheCommandDid() throws Exception {
    assertThat(rig.send(request("c-1 -1 open 0", 10, 0)))
        .containsExactly(
            "device.log k-1 1: open 0 at 0 by announced [10/0]",
            "device.state k-1 sum 0 [10/1]",
            "command.results c-1 ACCEPTED 1 [k-1/1] [] [10/2]");
    assertThat(rig.send(request("c-2 1 twice 3", 11, 0)))
        .endsWith("command.results c-2 ACCEPTED 3 [k-1/2, k-1/3] [] [11/3]");
  }

  @Test
  void answersACommandThatLeftNothingToChange() throws Exception {
    rig.send(request("c-1 -1 open 0", 10, 0));

    assertThat(rig.send(request("c-2 -1 nothing 0", 11, 0)))
        .containsExactly("command.results c-2 ACCEPTED 1 [] [] [11/0]");
  }

  @Test
  void answersARepeatWithTheFirstBytes() throws Exception {
    rig.send(request("c-1 -1 open 0", 10, 0), request("c-2 -1 add 5", 11, 0));
    byte[] first = rig.outputs().get(rig.outputs().size() - 1).value();
    rig.send(Sent.of("k-1", "report e-1 add 5", 12, 0));

    assertThat(rig.send(request("c-2 -1 add 5", 13, 23 * HOUR)))
        .containsExactly("command.results c-2 ACCEPTED 2 [k-1/2] [] [13/0]");

    assertThat(rig.outputs().get(rig.outputs().size() - 1).value()).isEqualTo(first);
    assertThat(rig.metrics.count("twinlog_duplicates")).isEqualTo(1);
  }

  @Test
  void answersTheRepeatOfARefusalWithTheRefusal() throws Exception {
    rig.send(request("c-1 -1 add 5", 10, 0), request("c-2 -1 open 0", 11, 0));

    assertThat(rig.send(request("c-1 -1 add 5", 12, 0)))
        .containsExactly("command.results c-1 REFUSED 0 [] [unknown_device] [12/0]");
  }

  @Test
  void carriesACommandOutAgainWhoseResultIsForgotten() throws Exception {
    rig.send(request("c-1 -1 open 0", 10, 0), request("c-2 -1 add 5", 11, 0));
    rig.send(request("c-3 -1 add 1", 12, 0), request("c-4 -1 add 1", 13, 0));

    // Two are remembered: c-3, c-4.
    assertThat(rig.send(request("c-2 -1 add 5", 14, 0))).hasSize(4);
    assertThat(rig.send(request("c-2 -1 add 5", 15, 24 * HOUR + 1))).hasSize(3);
  }

  @Test
  void refusesAConflictWithTheActualVersion() throws Exception {
    rig.send(request("c-1 -1 open 0", 10, 0));

    assertThat(rig.send(request("c-2 7 add 5", 11, 0)))
        .containsExactly("command.results c-2 REFUSED 1 [] [conflict] [11/0]");

    assertThat(lastResult().getActualVersion()).isEqualTo(1);
    assertThat(lastResult().getReasons().get(0).getPath()).isEqualTo("expected_version");
    assertThat(rig.metrics.count("twinlog_refused")).isEqualTo(1);
  }

  @Test
  void saysOfAKeyThatIsNotThereWhatItLacks() throws Exception {
    assertThat(rig.send(request("c-1 7 add 5", 10, 0)))
        .containsExactly("command.results c-1 REFUSED 0 [] [unknown_device] [10/0]");
    assertThat(lastResult().getActualVersion()).isNull();
  }

  @Test
  void refusesToBeginWhatWasExpectedToBeThere() throws Exception {
    assertThat(rig.send(request("c-1 7 open 0", 10, 0)))
        .containsExactly("command.results c-1 REFUSED 0 [] [conflict] [10/0]");
    assertThat(lastResult().getActualVersion()).isZero();
    assertThat(rig.send(request("c-2 0 open 0", 11, 0)))
        .endsWith("command.results c-2 ACCEPTED 1 [k-1/1] [] [11/2]");
  }

  @Test
  void keepsTheRefusalOfAKeyThatIsNotThereForADayAndThenNothing() throws Exception {
    rig.send(request("c-1 -1 add 5", 10, SECOND));
    assertThat(rig.entries()).isPositive();
    assertThat(rig.timers()).isEqualTo(1);

    assertThat(rig.watermark(24 * HOUR + SECOND - 1)).isEmpty();
    assertThat(rig.entries()).isPositive();
    assertThat(rig.watermark(24 * HOUR + SECOND)).isEmpty();

    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void keepsItALongerTimeForAnother() throws Exception {
    rig.send(request("c-1 -1 add 5", 10, SECOND), request("c-2 -1 add 5", 11, HOUR));
    // One of a partition that lags does not make the time shorter.
    rig.send(request("c-3 -1 add 5", 12, 0).from("commands/1"));

    rig.watermark(24 * HOUR + SECOND);
    assertThat(rig.entries()).isPositive();
    rig.watermark(25 * HOUR);
    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void forgetsOldResultsOfAnAggregateThatTimeDoesNothingToAndNothingElse() throws Exception {
    rig.send(request("c-1 -1 open 0", 10, 0), request("c-2 -1 add 5", 11, 0));
    assertThat(rig.entries()).isEqualTo(3);

    rig.watermark(24 * HOUR);

    assertThat(rig.entries()).isEqualTo(2);
    assertThat(rig.timers()).isZero();
    assertThat(rig.send(Sent.of("k-1", "report e-1 add 1", 12, 25 * HOUR)))
        .contains("device.state k-1 sum 6 [12/1]");
  }

  @Test
  void makesNoDifferenceWhenTheEndOfResultsIsFound() throws Exception {
    Sent later = request("c-1 -1 open 0", 11, 24 * HOUR + 2);
    rig.send(request("c-1 -1 add 5", 10, 0));
    rig.watermark(24 * HOUR + 1);
    rig.send(later);

    try (AggregateRig inline = new AggregateRig()) {
      inline.send(request("c-1 -1 add 5", 10, 0));
      inline.send(later);

      assertThat(AggregateRig.bytes(inline.outputs())).isEqualTo(AggregateRig.bytes(rig.outputs()));
      assertThat(inline.timers()).isEqualTo(1);
    }
  }

  @Test
  void doesNotTakeTheSourceOfACommandForTheHomeOfTheKey() throws Exception {
    rig.send(Sent.of("k-1", "report e-1 open " + 10 * SECOND, 10, 0));
    rig.send(request("c-1 -1 add 1", 11, SECOND));

    assertThat(rig.send(Sent.of("k-1", "report e-2 add 1", 12, 15 * SECOND).frontier(0)))
        .startsWith("device.log k-1 3: round-over 0 at 10000 by timeout [11/3]");
  }
}
