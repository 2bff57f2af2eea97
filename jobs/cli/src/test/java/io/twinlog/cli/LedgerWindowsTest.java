// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.cli.TopicReader.Bounds;
import io.twinlog.schemas.Ledger;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LedgerWindowsTest {
  private static final String TOPIC = "twinlog.events.domain";
  private static final long SIZE = 10_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final LedgerWindows windows = new LedgerWindows(told -> true);

  private static Ledger ledger(int partition, long number, long residue, int standing) {
    long start = number * SIZE;
    return new Ledger(
        "device",
        TOPIC,
        partition,
        start,
        start + SIZE,
        start + 9_000,
        false,
        8_900L,
        90L,
        10L,
        8_000L - residue,
        300L,
        200L,
        150L,
        240L,
        10L,
        residue,
        standing);
  }

  private void told(Ledger ledger) {
    told(key(ledger), new SingleObject().encode(ledger));
  }

  private void told(String key, byte[] value) {
    windows.add(Letters.record(0, key, value, new RecordHeaders()));
  }

  private static String key(Ledger ledger) {
    return "device/" + TOPIC + "/" + ledger.getPartition() + "/" + ledger.getWindowStart();
  }

  private int judge() {
    return report().judge(windows, List.of());
  }

  private LedgerReport report() {
    return new LedgerReport(
        new Environment(
            Map.of(),
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, UTF_8),
            Clock.systemUTC()),
        "twinlog.");
  }

  private String said() {
    return err.toString(UTF_8);
  }

  @Test
  void findsNothingWhereAllHasAnOutcome() {
    told(ledger(0, 0, 0, 0));

    assertThat(judge()).isEqualTo(ExitCode.DONE);
    assertThat(said()).isEqualTo("twinlog: no residue in 1 window\n");
  }

  @Test
  void findsResidueThatStands() {
    told(ledger(0, 0, 0, 0));
    told(ledger(1, 2, 3, 2));

    assertThat(judge()).isEqualTo(ExitCode.REFUSED);
    assertThat(said()).contains("device events.domain 1 [20000, 30000): residue 3");
  }

  @Test
  void waitsForWhatIsOnItsWay() {
    told(ledger(0, 0, 3, 1));

    assertThat(windows.isOnItsWay()).isTrue();
    assertThat(judge()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(said()).contains("not settled");
  }

  @Test
  void isSettledByTheNextCheckpoint() {
    told(ledger(0, 0, 3, 0));
    told(ledger(0, 0, 0, 0));

    assertThat(windows.isOnItsWay()).isFalse();
    assertThat(judge()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void countsCheckpointsWithTheSameResidueWhereTheWindowIsStillRead() {
    told(ledger(0, 0, 3, 0));
    told(ledger(0, 0, 3, 0));
    assertThat(windows.isOnItsWay()).isTrue();

    told(ledger(0, 0, 3, 0));
    assertThat(windows.all()).singleElement().matches(LedgerWindow::isResidue);
  }

  @Test
  void beginsToCountAnewWhereTheResidueChanges() {
    told(ledger(0, 0, 3, 0));
    told(ledger(0, 0, 3, 0));
    told(ledger(0, 0, 2, 0));

    assertThat(windows.all()).singleElement().matches(LedgerWindow::isOnItsWay);
  }

  @Test
  void takesTheLastOfAWindowThoughItHasReadLessThanTheOneBefore() {
    Ledger beforeTheCrash = ledger(0, 0, 0, 0);
    beforeTheCrash.setReadTo(9_500L);
    told(beforeTheCrash);
    told(ledger(0, 0, 0, 0));

    assertThat(windows.all())
        .singleElement()
        .satisfies(window -> assertThat(window.told().getReadTo()).isEqualTo(9_000));
  }

  @Test
  void forgetsAWindowAtItsTombstone() {
    told(ledger(0, 0, 0, 0));
    told(key(ledger(0, 0, 0, 0)), null);

    assertThat(windows.all()).isEmpty();
  }

  @Test
  void countsWhatItCannotRead() {
    told("k", new byte[] {1, 2});

    assertThat(windows.unread()).isEqualTo(1);
  }

  @Test
  void warnsWhereAWindowIsMissingBetweenTwo() {
    told(ledger(0, 0, 0, 0));
    told(ledger(0, 1, 0, 0));
    told(ledger(0, 4, 0, 0));
    told(ledger(1, 7, 0, 0));

    assertThat(judge()).isEqualTo(ExitCode.DONE);
    assertThat(said())
        .contains("warning: nothing is known of device events.domain 0 [20000, 40000)")
        .containsOnlyOnce("warning");
  }

  @Test
  void missesNoWindowThatIsTooOldToBeKept() {
    told(ledger(0, 0, 5, 9)); // it has residue, and stays
    for (int number = 2; number <= 101; number++) {
      told(ledger(0, number, 0, 0));
    }

    assertThat(windows.gaps()).isEmpty();
  }

  @Test
  void sumsUpByJobAndTopic() {
    told(ledger(0, 0, 0, 0));
    told(ledger(0, 1, 0, 0));
    told(ledger(1, 0, 3, 2));
    Map<TopicPartition, Bounds> bounds =
        Map.of(
            new TopicPartition(TOPIC, 0), new Bounds(0, 19_500),
            new TopicPartition(TOPIC, 1), new Bounds(0, 9_000),
            new TopicPartition(TOPIC, 2), new Bounds(40, 50));

    assertThat(windows.sums())
        .singleElement()
        .satisfies(
            sum ->
                assertThat(sum.row("twinlog.", bounds))
                    .containsExactly(
                        "device",
                        "events.domain",
                        "2",
                        "3",
                        "26700",
                        "270",
                        "30",
                        "23997",
                        "900",
                        "600",
                        "450",
                        "720",
                        "30",
                        "3",
                        "510"));
  }

  @Test
  void doesNotKnowHowFarItIsWhereTheTopicIsGone() {
    told(ledger(0, 0, 0, 0));

    assertThat(windows.sums().iterator().next().row("", Map.of())).last().isEqualTo("-");
  }

  @Test
  void printsWindowsAndSumsAsTablesOrJson() {
    told(ledger(0, 0, 3, 2));

    report().printTables(windows.all(), windows, Map.of());
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(5)
        .element(1)
        .asString()
        .startsWith("device  events.domain  0          [0, 10000)  8900");

    out.reset();
    report().printJson(List.of(), windows, Map.of());
    assertThat(out.toString(UTF_8))
        .startsWith("{\"job\":\"device\",\"topic\":\"events.domain\",\"partitions\":1,")
        .endsWith("\"residue\":3,\"not_counted_yet\":null,\"kind\":\"sum\"}\n");

    out.reset();
    report().printJson(windows.all(), windows, Map.of());
    assertThat(out.toString(UTF_8).lines().findFirst().orElseThrow())
        .contains("\"window_start\":0,", "\"residue\":3,", "\"kind\":\"window\"");
  }

  @Test
  void namesAJobThatHasToldNothing() {
    told(ledger(0, 0, 0, 0));

    assertThat(windows.isSilent("device", TOPIC)).isFalse();
    assertThat(windows.isSilent("router", "twinlog.ingress")).isTrue();
    int exitCode =
        report().judge(windows, List.of(new LedgerReport.Silent("router", Topic.INGRESS, 42)));

    assertThat(exitCode).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(err.toString(UTF_8))
        .contains("job router has told nothing of ingress, which holds 42 offsets");
  }
}
