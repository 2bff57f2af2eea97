// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * One log, written once, and the jobs run over copies of it: at any parallelism, and killed or not,
 * what they make of it must be the same.
 */
final class LogScene implements AutoCloseable {
  /** All that the device job writes. */
  private static final List<Topic> OUTPUTS =
      List.of(
          Topic.DEVICE_LOG,
          Topic.DEVICE_STATE,
          Topic.DEVICE_SNAPSHOTS,
          Topic.DEVICE_STATUS,
          Topic.DEVICE_DOWNLINK,
          Topic.DEVICE_AVAILABILITY,
          Topic.FLEET_COUNTS,
          Topic.EVENTS_ERROR,
          Topic.COMMAND_RESULTS,
          Topic.DEAD_LETTERS);

  private final Report report;
  private final ProcessRig rig;

  /** Digests that all runs must have; of the first run. */
  private final Map<Topic, Digest> expected = new EnumMap<>(Topic.class);

  private long records;

  LogScene(Path directory, Report report) throws Exception {
    this.report = report;
    rig = new ProcessRig(directory);
  }

  /** Writes the log: load, then as much silence as it takes to find who is silent. */
  void write(boolean ordered, Duration load, Duration silence) throws Exception {
    ChildProcess router = rig.job("router", ProcessRig.PREFIX, 2);
    ChildProcess clock = rig.job("clock", ProcessRig.PREFIX, 1);
    rig.awaitReady();
    try (MixedLoad mixed = new MixedLoad(rig.bootstrap(), ordered)) {
      report.say("devices write for %d s", load.toSeconds());
      report.figure("records written by devices", "%,d".formatted(mixed.write(load)));
    }
    report.letPass(silence, "all are silent");
    rig.end(clock);
    new Backlog(rig.bootstrap(), ProcessRig.PREFIX).awaitRouter(0);
    rig.end(router);
    report.say("the inbox is written");
  }

  /** Runs the device job over a copy of its inbox, killing it so many times, and compares. */
  void replayInbox(int parallelism, int kills, long seed) throws Exception {
    String prefix = (kills == 0 ? "p" : "k") + parallelism + ".";
    TopicCopy copy = new TopicCopy(rig.bootstrap(), ProcessRig.PREFIX, prefix);
    copy.copyInbox(Topic.EVENTS_DOMAIN);
    ChildProcess device = rig.job("device", prefix, parallelism);
    rig.awaitReady();
    report.say("the device job runs over %s", prefix);
    kill(device, new Backlog(rig.bootstrap(), prefix), kills, seed);
    copy.finish(Topic.EVENTS_DOMAIN);
    compare(prefix, "device at parallelism %d, killed %d times".formatted(parallelism, kills));
    rig.end(device);
  }

  /** Runs router and device over copies of the sources, and compares. */
  void replaySources(int parallelism) throws Exception {
    String prefix = "r" + parallelism + ".";
    new TopicCopy(rig.bootstrap(), ProcessRig.PREFIX, prefix).copySources();
    ChildProcess router = rig.job("router", prefix, parallelism);
    rig.awaitReady();
    new Backlog(rig.bootstrap(), prefix).awaitRouter(0);
    rig.end(router);
    ChildProcess device = rig.job("device", prefix, 2);
    rig.awaitReady();
    compare(prefix, "router at parallelism %d".formatted(parallelism));
    rig.end(device);
  }

  private void kill(ChildProcess device, Backlog backlog, int kills, long seed) throws Exception {
    double[] moments = new Random(seed).doubles(kills).sorted().toArray();
    for (double moment : moments) {
      long from = (long) (moment * records);
      Awaitility.await("the device job is in the middle of its log")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> backlog.written(Topic.DEVICE_LOG) >= from);
      device.kill();
      report.say(
          "killed with %,d of %,d records in device.log, at %.2f by seed %d",
          backlog.written(Topic.DEVICE_LOG), records, moment, seed);
      device.restart().awaitReady();
    }
  }

  private void compare(String prefix, String run) throws Exception {
    Backlog backlog = new Backlog(rig.bootstrap(), prefix);
    backlog.awaitDevice(0);
    report.say("it has read all");
    Map<Topic, Digest> digests = Digest.of(rig.bootstrap(), prefix, OUTPUTS);
    if (expected.isEmpty()) {
      expected.putAll(digests);
      digests.forEach((topic, digest) -> report.figure(topic.text(), digest.text()));
    }
    records = expected.get(Topic.DEVICE_LOG).records();
    assertThat(digests).as(run).isEqualTo(expected);
    long repeats = backlog.written(Topic.DEVICE_LOG) - records;
    report.figure(run, "the same, %,d repeats in device.log".formatted(repeats));
  }

  @Override
  public void close() {
    rig.close();
  }
}
