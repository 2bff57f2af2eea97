// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.flink.SourceRecord;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.telemetry.TelemetryRun.Plan;
import io.twinlog.testkit.BatchStatistics;
import io.twinlog.testkit.DisorderedFleet;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The whole topology on a cluster, over what comes late, doubled, shuffled and backfilled: what it
 * comes to is what a batch computes over the same records, whatever the parallelism, and through a
 * failure.
 */
class TelemetryTopologyTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  /** In the evening: over midnight. */
  private static final Instant LIVE = Instant.parse("2026-01-05T20:00:00Z");

  private static final List<Integer> DEVICES = List.of(1, 6, 25, 170);

  private static final DisorderedFleet FLEET =
      new DisorderedFleet(new DisorderedFleet.Plan(LIVE, DEVICES, true));
  private static final List<SourceRecord> INBOX = FLEET.inbox();
  private static final int OUTPUTS_BEFORE_FAILURE = 6_000;

  /** At parallelism 1, with every access through RocksDB. */
  private static RunOutputs alone;

  /** Windows wait an hour for what is shuffled, and six more for what is late. */
  private static RuleBook patient() {
    return rules(
        new QualityRules.Statistics(
            Duration.ofHours(1).toMillis(), Duration.ofHours(6).toMillis()));
  }

  private static RuleBook rules(QualityRules.Statistics statistics) {
    QualityRules shipped = QualityRules.DEFAULT;
    TreeMap<String, MetricRules> metrics = new TreeMap<>();
    metrics.put(
        "temperature",
        new MetricRules(List.of(new Check.Range(-90, 90, Check.Cost.HARD)), MetricRules.INHERITED));
    QualityRules quality =
        new QualityRules(
            shipped.threshold(),
            shipped.timeliness(),
            shipped.keeping(),
            statistics,
            shipped.everyMetric(),
            metrics,
            shipped.models(),
            List.of(),
            List.of());
    return RuleBook.of(new RuleSet(0, RoutingRules.DEFAULT, ValidationRules.DEFAULT, quality));
  }

  @BeforeAll
  static void runsAlone() throws Exception {
    alone = TelemetryRun.of(INBOX, TelemetryTopologyTest::patient, new Plan(1, "0", 0));
  }

  @Test
  void statisticsAreThoseOfABatch() {
    BatchStatistics batch = new BatchStatistics(DdSketches.RELATIVE_ERROR);
    alone.records(Topic.TELEMETRY_RECORDS).forEach(batch::add);

    Map<String, TelemetryStats> told = alone.statistics();

    batch.assertEqual(told);
    assertThat(told.values()).allMatch(TelemetryStats::getFinal$);
    assertThat(told.values()).as("late records changed some").anyMatch(s -> s.getRevision() > 2);
  }

  @Test
  void eachMeasurementIsAcceptedOrRejectedOnce() {
    List<TelemetryRecord> accepted = alone.records(Topic.TELEMETRY_RECORDS);
    List<TelemetryRecord> rejected = alone.records(Topic.TELEMETRY_REJECTED);

    assertThat(sortedIds(Stream.concat(accepted.stream(), rejected.stream())))
        .isEqualTo(
            FLEET.sent().stream().map(sent -> sent.device() + '/' + sent.id()).sorted().toList());
    assertThat(rejected).hasSizeBetween(FLEET.sent().size() / 200, FLEET.sent().size() / 50);
    assertThat(accepted).noneMatch(record -> has(record, "too_late"));
    assertThat(accepted.stream().filter(record -> has(record, "late")).count())
        .as("5 % are hours late, and much of what is shuffled is later than a minute")
        .isGreaterThan(accepted.size() / 3);
    assertThat(accepted.stream().filter(record -> has(record, "backfill")).count())
        .isGreaterThan(1_500);
  }

  private static List<String> sortedIds(Stream<TelemetryRecord> records) {
    return records.map(TelemetryRecord::getDataId).sorted().toList();
  }

  private static boolean has(TelemetryRecord record, String check) {
    return record.getFlags().stream().anyMatch(flag -> flag.getCheck().equals(check));
  }

  @Test
  void writesTheSameAtAnotherParallelismBehindACache() throws Exception {
    RunOutputs together =
        TelemetryRun.of(INBOX, TelemetryTopologyTest::patient, new Plan(2, "4 mb", 0));

    assertThat(together.byKey()).isEqualTo(alone.byKey());
  }

  @Test
  void writesTheSameThroughAFailure() throws Exception {
    RunOutputs failed =
        TelemetryRun.of(
            INBOX, TelemetryTopologyTest::patient, new Plan(2, "64 mb", OUTPUTS_BEFORE_FAILURE));

    assertThat(failed.failed()).as("the failure came").isTrue();
    assertThat(failed.written()).as("something was repeated").isGreaterThan(alone.written());
    assertThat(failed.byKey()).isEqualTo(alone.byKey());
  }

  /**
   * A minute of lateness is short of an hour of disorder, but windows are kept for an hour more:
   * nothing is lost, and what is told of them changes more often.
   */
  @Test
  void theDefaultRulesLoseNothingThatIsShuffledWithinAnHour() throws Exception {
    DisorderedFleet fleet = new DisorderedFleet(new DisorderedFleet.Plan(LIVE, DEVICES, false));

    RunOutputs outputs =
        TelemetryRun.of(
            fleet.inbox(), () -> rules(QualityRules.Statistics.DEFAULT), new Plan(2, "64 mb", 0));

    BatchStatistics batch = new BatchStatistics(DdSketches.RELATIVE_ERROR);
    List<TelemetryRecord> accepted = outputs.records(Topic.TELEMETRY_RECORDS);
    accepted.forEach(batch::add);
    batch.assertEqual(outputs.statistics());
    assertThat(accepted).noneMatch(record -> has(record, "too_late"));
    assertThat(accepted.size() + outputs.records(Topic.TELEMETRY_REJECTED).size())
        .isEqualTo(fleet.sent().size());
    assertThat(outputs.all(Topic.TELEMETRY_STATS).size())
        .as("revisions of each window")
        .isGreaterThan(2 * batch.size());
  }
}
