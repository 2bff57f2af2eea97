// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of input of which a fifth is malformed, at the highest rate that the machine takes: no
 * restart, no more heap than without, no residue.
 */
@Tag("prove")
class FloodProof {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration FLOOD = ProveTime.orElse(Duration.ofSeconds(60));
  private static final long MEBIBYTE = 1 << 20;
  private static final long HEAP_MORE_MAX = 64 * MEBIBYTE;

  @TempDir Path directory;

  /** Bytes on the heap after a full collection. */
  private record Heap(long router, long device) {}

  @Test
  void flood() throws Exception {
    Report report = new Report();
    Heap clean = flood("clean", "0", report);
    Heap malformed = flood("a fifth malformed", "0.2", report);

    assertThat(malformed.router()).isLessThan(clean.router() + HEAP_MORE_MAX);
    assertThat(malformed.device()).isLessThan(clean.device() + HEAP_MORE_MAX);
    report.printTable();
  }

  private Heap flood(String name, String share, Report report) throws Exception {
    try (ProcessRig rig = new ProcessRig(Files.createDirectory(directory.resolve(share)))) {
      rig.job("clock", ProcessRig.PREFIX, 1);
      ChildProcess router = rig.job("router", ProcessRig.PREFIX, 2);
      ChildProcess device = rig.job("device", ProcessRig.PREFIX, 2);
      rig.awaitReady();
      report.say("%s: for %d s as fast as it goes", name, FLOOD.toSeconds());
      JsonNode figures = load(rig, share);
      long malformed = figures.at("/sent/malformed").asLong();
      long letters = figures.at("/dead_letters/since").asLong();
      report.figure(
          name + ", acknowledged",
          "%,d, %,d a second, %,d of them malformed"
              .formatted(
                  figures.get("acknowledged").asLong(),
                  figures.get("acknowledged_per_second").asLong(),
                  malformed));
      report.figure(
          name + ", caught up after",
          "%.1f s".formatted(figures.get("caught_up_seconds").asDouble()));
      assertThat(letters).as("dead letters").isEqualTo(malformed);
      assertThat(FlinkPages.of(router).restarts()).as("restarts of the router").isZero();
      assertThat(FlinkPages.of(device).restarts()).as("restarts of the device job").isZero();
      Heap heap = new Heap(new Jvm(router.pid()).liveBytes(), new Jvm(device.pid()).liveBytes());
      report.figure(
          name + ", heap after a collection",
          "router %d MiB, device %d MiB"
              .formatted(heap.router() / MEBIBYTE, heap.device() / MEBIBYTE));
      for (String job : List.of("router", "device")) {
        TwinlogCommand.start(rig.bootstrap(), ProcessRig.PREFIX, "ledger", "check", "--job", job)
            .await(0);
      }
      report.figure(name + ", restarts, residue", "none");
      return heap;
    }
  }

  private static JsonNode load(ProcessRig rig, String share) throws Exception {
    String output =
        TwinlogCommand.load(
                rig.bootstrap(),
                ProcessRig.PREFIX,
                "--devices=10000",
                "--rate=max",
                "--mix=malformed=" + share,
                "--for=" + FLOOD.toSeconds() + "s",
                "--patience=10m",
                "--json")
            .await(0);
    String figures =
        output.lines().filter(line -> line.startsWith("{")).reduce("", (first, last) -> last);
    return JSON.readTree(figures);
  }
}
