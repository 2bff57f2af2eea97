// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.wire.Topic;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A job in its process, with what it reads. After each run it looks whether the job did what it
 * ought to: a job that drops what it reads would be fast.
 */
final class Contestant {
  private static final Set<Topic> READ = Set.of(Topic.INGRESS, Topic.COMMANDS, Topic.EVENTS_DOMAIN);
  private static final List<Topic> STATISTICS = List.of(Topic.TELEMETRY_STATS);

  private final BenchCase benchCase;
  private final PreparedFleet fleet;
  private final BenchTopics topics;
  private final Rig.Host host;
  private final Turn turn;
  private final List<Topic> written;
  private long statistics;

  /** Its process does nothing yet. */
  Contestant(BenchCase benchCase, PreparedFleet fleet, BenchTopics topics, Rig.Host host) {
    this.benchCase = benchCase;
    this.fleet = fleet;
    this.topics = topics;
    this.host = host;
    this.turn = fleet.turn(benchCase);
    this.written =
        List.of(benchCase.kind().hasStatistics() ? Topic.TELEMETRY_RECORDS : Topic.EVENTS_DOMAIN);
  }

  BenchCase benchCase() {
    return benchCase;
  }

  /** Runs once over the batch. */
  Run run() throws IOException, InterruptedException, ExecutionException {
    return asRun(run(turn));
  }

  /** Runs once, and leaves a recording behind. */
  Outcome record(String file) throws IOException, InterruptedException, ExecutionException {
    return run(turn.recordedIn(file));
  }

  Run asRun(Outcome outcome) {
    double share = fleet.eventShare(benchCase.kind());
    return new Run(
        Math.round(outcome.records() * share),
        outcome.wallSeconds(),
        outcome.cpuSeconds(),
        outcome.compilingSeconds(),
        statistics,
        ThreadTimes.byKind(outcome.threadSeconds()));
  }

  private Outcome run(Turn now) throws IOException, InterruptedException, ExecutionException {
    String own = benchCase.ownPrefix();
    long deadBefore = topics.written(own, List.of(Topic.DEAD_LETTERS));
    long before = topics.written(own, written);
    long statisticsBefore = topics.written(own, STATISTICS);
    Outcome outcome = host.run(now);
    long dead = topics.written(own, List.of(Topic.DEAD_LETTERS)) - deadBefore;
    require(dead == 0, "%,d dead letters".formatted(dead));
    require(
        outcome.records() > 0, "the batch was read before a checkpoint was done: more --records");
    requireAll(outcome, topics.written(own, written) - before);
    statistics = topics.written(own, STATISTICS) - statisticsBefore;
    topics.empty(own, outputs());
    if (benchCase.kind().hasStatistics()) {
      topics.renew(own, outputs());
    }
    return outcome;
  }

  /**
   * @param written to events.domain, or to telemetry.records
   */
  private void requireAll(Outcome outcome, long written) throws IOException {
    switch (benchCase.kind()) {
      case IDENTITY_JSON, IDENTITY_AVRO, IDENTITY_SERVICES, IDENTITY_ERRORS ->
          require(
              written == turn.records(),
              "%,d of %,d records written".formatted(written, turn.records()));
      case ROUTER ->
          // What it wrote holds ticks, too, and it gathers those: so its own count tells.
          require(
              outcome.applied() == fleet.eventsOfAll() && written >= fleet.eventsOfAll(),
              "%,d of %,d events routed, %,d records written"
                  .formatted(outcome.applied(), fleet.eventsOfAll(), written));
      case DEVICE, SERVICE, ESCALATION ->
          require(
              outcome.applied() == fleet.events() && outcome.duplicates() == 0,
              "%,d of %,d events applied, %,d as duplicates dropped"
                  .formatted(outcome.applied(), fleet.events(), outcome.duplicates()));
      case TELEMETRY ->
          require(
              written == fleet.events() && outcome.applied() == fleet.events(),
              "%,d of %,d events applied, %,d records written"
                  .formatted(outcome.applied(), fleet.events(), written));
      case WINDOWS ->
          require(
              written == fleet.events(),
              "%,d records of %,d events written".formatted(written, fleet.events()));
    }
  }

  private void require(boolean done, String otherwise) throws IOException {
    if (!done) {
      throw new IOException(benchCase.name() + ": " + otherwise);
    }
  }

  /** What may be emptied after a run: what the job writes, and nobody reads again. */
  private List<Topic> outputs() {
    boolean shared = benchCase.sharesTopics();
    return Arrays.stream(Topic.values()).filter(t -> !shared || !READ.contains(t)).toList();
  }
}
