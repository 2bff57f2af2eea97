// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.system.LocalProcess;
import io.twinlog.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 10,000 devices in the local run, for ten minutes: its memory is bounded, and no lag grows. */
@Tag("prove")
class EnduranceProof {
  private static final int RATE = 2_000;
  private static final Duration TIME = ProveTime.orElse(Duration.ofMinutes(10));

  /** JVM and fleet warm up. */
  private static final Duration WARM = Duration.ofSeconds(30);

  /** No divisor of the time between two checkpoints, in which what is not yet kept grows. */
  private static final Duration LOOK = Duration.ofMillis(1_700);

  private static final long RESIDENT_MAX = 3L << 30;

  /** What a mean may differ by, as checkpoints come at other moments: 2 s of input. */
  private static final double NOISE = 2 * RATE;

  private static final double MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  private record Sample(long router, long device, long resident) {}

  @Test
  void endurance() throws Exception {
    Report report = new Report();
    try (LocalProcess run =
        LocalProcess.startWithFleet(
            directory.resolve("data"), 0, List.of("--devices=10000", "--rate=" + RATE))) {
      report.letPass(WARM, "10,000 devices speak, and all warms up");
      Backlog backlog = new Backlog(run.bootstrap(), ProcessRig.PREFIX);
      long before = backlog.written(Topic.INGRESS);
      Instant begin = Instant.now();
      List<Sample> samples = sample(run, backlog, report);
      double seconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
      double rate = (backlog.written(Topic.INGRESS) - before) / seconds;
      report.figure("time", "%.0f s".formatted(seconds));
      report.figure("records of ingress a second", "%.0f".formatted(rate));
      assertThat(rate).isGreaterThan(0.95 * RATE);
      long resident = samples.stream().mapToLong(Sample::resident).max().orElseThrow();
      report.figure("most memory, resident", "%.0f MiB".formatted(resident / MEBIBYTE));
      assertThat(resident).isLessThan(RESIDENT_MAX);
      assertThatItDoesNotGrow("router", samples, Sample::router, report);
      assertThatItDoesNotGrow("device job", samples, Sample::device, report);
      assertThat(new FlinkPages(run.flink()).restarts()).as("restarts").isZero();
      assertThat(run.interrupt()).as("exit code").isZero();
    }
    report.printTable();
  }

  private static List<Sample> sample(LocalProcess run, Backlog backlog, Report report)
      throws Exception {
    Jvm jvm = new Jvm(run.pid());
    List<Sample> samples = new ArrayList<>();
    Instant end = Instant.now().plus(TIME);
    while (Instant.now().isBefore(end)) {
      samples.add(new Sample(backlog.ofRouter(), backlog.ofDevice(), jvm.residentBytes()));
      if (samples.size() % 10 == 0) {
        Sample now = samples.get(samples.size() - 1);
        report.say(
            "unread: router %,d, device job %,d; %.0f MiB",
            now.router(), now.device(), now.resident() / MEBIBYTE);
      }
      Awaitility.await().pollDelay(LOOK).until(() -> true);
    }
    return samples;
  }

  private static void assertThatItDoesNotGrow(
      String job, List<Sample> samples, ToLongFunction<Sample> lag, Report report) {
    int third = samples.size() / 3;
    double first = mean(samples.subList(0, third), lag);
    double last = mean(samples.subList(samples.size() - third, samples.size()), lag);
    report.figure(
        "unread by the " + job,
        "%,.0f in the first third, %,.0f in the last, on average".formatted(first, last));
    assertThat(last).as("lag of the %s", job).isLessThan(first + NOISE);
  }

  private static double mean(List<Sample> samples, ToLongFunction<Sample> lag) {
    return samples.stream().mapToLong(lag).average().orElseThrow();
  }
}
