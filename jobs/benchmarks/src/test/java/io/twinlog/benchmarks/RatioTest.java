// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatioTest {
  private static final List<BenchCase> CASES = BenchCase.all(List.of(100_000, 1_000_000));

  @Test
  void isOneWhereAJobIsAsFastAsIdentity() {
    CaseFigures same = figures(CASES.get(0), 2.0, 10);

    Ratio ratio = Ratio.of(BenchCase.Kind.ROUTER, same, same);

    assertThat(ratio.byCpu()).isEqualTo(1);
    assertThat(ratio.byEvents()).isEqualTo(1);
  }

  @Test
  void fallsAsAJobNeedsMore() {
    CaseFigures identity = figures(CASES.get(0), 2.0, 10);
    CaseFigures router = figures(CASES.get(1), 8.0, 20);

    Ratio ratio = Ratio.of(BenchCase.Kind.ROUTER, router, identity);

    assertThat(ratio.byCpu()).isCloseTo(0.25, within(1e-9));
    assertThat(ratio.byEvents()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void goesByMediansNotByTheBestRun() {
    CaseFigures identity = figures(CASES.get(0), 2.0, 10);
    CaseFigures router = CaseFigures.of(CASES.get(1), List.of(run(4, 10), run(1, 10), run(4, 10)));

    assertThat(Ratio.of(BenchCase.Kind.ROUTER, router, identity).byCpu())
        .isCloseTo(0.5, within(1e-9));
  }

  @Test
  void eachJobIsHeldAgainstTheIdentityOfItsOwnRecords() {
    Map<BenchCase, List<Run>> runs = new LinkedHashMap<>();
    CASES.forEach(of -> runs.put(of, List.of(run(1, 1))));

    List<Ratio> ratios = PipelineReport.ratios(CASES, PipelineReport.figures(runs));

    assertThat(ratios)
        .extracting(Ratio::name, Ratio::to)
        .containsExactly(
            tuple("router", "identity-json"),
            tuple("device-100k", "identity-avro"),
            tuple("device-1m", "identity-avro"),
            tuple("telemetry-100k", "identity-avro"),
            tuple("windows-100k", "identity-avro"),
            tuple("service-100k", "identity-services"),
            tuple("escalation-100k", "identity-errors"));
  }

  @Test
  void aPeerHasNoGoal() {
    CaseFigures peer = figures(CASES.get(CASES.size() - 1), 2.0, 10);

    assertThat(Ratio.of(BenchCase.Kind.WINDOWS, peer, peer).goal()).isZero();
    assertThat(Ratio.of(BenchCase.Kind.TELEMETRY, peer, peer).goal()).isEqualTo(0.12);
  }

  @Test
  void thereIsNoneWithoutIdentity() {
    List<BenchCase> router = List.of(CASES.get(1));

    List<Ratio> ratios =
        PipelineReport.ratios(
            router, PipelineReport.figures(Map.of(router.get(0), List.of(run(1, 1)))));

    assertThat(ratios).isEmpty();
  }

  private static CaseFigures figures(BenchCase of, double cpuSeconds, double wallSeconds) {
    return CaseFigures.of(of, List.of(run(cpuSeconds, wallSeconds)));
  }

  private static Run run(double cpuSeconds, double wallSeconds) {
    return new Run(1_000_000, wallSeconds, cpuSeconds, 0, 0, Map.of());
  }
}
