// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.system.TopicContents;
import io.twinlog.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A run whose rules are changed three times, router and device job being killed at the ticks that
 * put them in force; and the same log once more, without a kill.
 */
final class RulesRun implements AutoCloseable {
  /** All that both jobs write and that a key's order determines. */
  private static final List<Topic> OUTPUTS =
      List.of(
          Topic.EVENTS_DOMAIN,
          Topic.DEAD_LETTERS,
          Topic.DEVICE_LOG,
          Topic.DEVICE_STATE,
          Topic.DEVICE_STATUS);

  private static final String AGAIN = "again.";
  private static final String REGISTER = "device.auto-register=true";

  private static final String WRONG =
      """
      validation:
        requirements:
          - name: bearable
            types: [data.collected]
            require: payload.data.temperature <= warmth
      """;

  private final Path directory;
  private final Report report;
  private final ProcessRig rig;

  RulesRun(Path directory, Report report) throws Exception {
    this.directory = directory;
    this.report = report;
    rig = new ProcessRig(directory);
  }

  private static String upTo(int temperature) {
    return """
        validation:
          requirements:
            - name: bearable
              types: [data.collected]
              require: payload.data.temperature <= %d.0
              message: too hot to be true
        """
        .formatted(temperature);
  }

  /** Devices write all the time; the rules change at a quarter, at half, at three quarters. */
  void writeWhileRulesChange(int events, Duration time) throws Exception {
    ChildProcess router = rig.job("router", ProcessRig.PREFIX, 2);
    ChildProcess device = rig.job("device", ProcessRig.PREFIX, 2, REGISTER);
    ChildProcess clock = rig.job("clock", ProcessRig.PREFIX, 1);
    rig.awaitReady();
    report.say("clock, router and device job run; devices write %,d events", events);
    try (RulesLoad load = RulesLoad.start(rig.bootstrap(), events, time)) {
      refuse();
      load.await(events / 4);
      publish(1, router, "rules", "publish", file("50.yaml", upTo(50)));
      load.await(events / 2);
      publish(2, device, "rules", "publish", file("80.yaml", upTo(80)));
      load.await(events / 4 * 3);
      publish(3, router, "rules", "publish", "--from-version", "1");
      load.await(events);
    }
    Backlog backlog = new Backlog(rig.bootstrap(), ProcessRig.PREFIX);
    backlog.awaitBoth(100);
    rig.end(clock);
    backlog.awaitBoth(0);
    rig.end(router);
    rig.end(device);
    report.say("all is read");
  }

  private void refuse() throws Exception {
    String told = twinlog("rules", "publish", file("wrong.yaml", WRONG)).await(3);
    assertThat(told).contains("wrong.yaml:5:", "warmth");
    assertThat(TopicContents.readCommitted(rig.bootstrap(), Topic.RULES.in(ProcessRig.PREFIX)))
        .isEmpty();
    report.figure("a wrong set", told.lines().findFirst().orElseThrow().replaceFirst("^.*/", ""));
  }

  /** Kills a job as the first tick with the version is there. */
  private void publish(long version, ChildProcess job, String... words) throws Exception {
    try (TickWatch watch = new TickWatch(rig.bootstrap(), Topic.INGRESS.in(ProcessRig.PREFIX))) {
      TwinlogCommand publish = twinlog(words);
      watch.await(version);
      job.kill();
      report.say("version %d is in force; a job was killed at its tick", version);
      publish.await(0);
    }
    job.restart().awaitReady();
  }

  private TwinlogCommand twinlog(String... words) throws Exception {
    return TwinlogCommand.start(rig.bootstrap(), ProcessRig.PREFIX, words);
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  /** Holds each outcome against the last tick before its record, in its own partition. */
  void judge(int events) {
    RulesVerdict verdict =
        RulesVerdict.of(rig.bootstrap(), Map.of(0L, 1_000, 1L, 50, 2L, 80, 3L, 50));
    assertThat(verdict.wrong()).as("outcomes that the tick before does not explain").isEmpty();
    assertThat(verdict.events()).isEqualTo(events);
    verdict
        .byVersion()
        .forEach((version, told) -> report.figure("under version " + version, told.text()));
    assertThat(verdict.byVersion()).containsOnlyKeys(0L, 1L, 2L, 3L);
    assertThat(verdict.byVersion().get(0L).letters()).isZero();
    for (long version = 1; version <= 3; version++) {
      assertThat(verdict.byVersion().get(version).passed()).isPositive();
      assertThat(verdict.byVersion().get(version).letters()).isPositive();
    }
    assertThat(verdict.repeats()).as("the kills came in the middle").isPositive();
    report.figure("written again after kills", "%,d".formatted(verdict.repeats()));
  }

  /** The same log, other parallelism, and nobody is killed. */
  void replayWithoutKills() throws Exception {
    Map<Topic, Digest> killed = Digest.of(rig.bootstrap(), ProcessRig.PREFIX, OUTPUTS);
    TopicCopy copy = new TopicCopy(rig.bootstrap(), ProcessRig.PREFIX, AGAIN);
    copy.copyStore(Topic.RULES);
    copy.copySources();
    Backlog backlog = new Backlog(rig.bootstrap(), AGAIN);
    ChildProcess router = rig.job("router", AGAIN, 1);
    rig.awaitReady();
    backlog.awaitRouter(0);
    rig.end(router);
    ChildProcess device = rig.job("device", AGAIN, 1, REGISTER);
    rig.awaitReady();
    backlog.awaitDevice(0);
    assertThat(Digest.of(rig.bootstrap(), AGAIN, OUTPUTS)).isEqualTo(killed);
    killed.forEach((topic, digest) -> report.figure(topic.text(), "the same, " + digest.text()));
    rig.end(device);
  }

  @Override
  public void close() {
    rig.close();
  }
}
