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

  private final BenchCase benchCase;
  private final PreparedFleet fleet;
  private final BenchTopics topics;
  private final Rig.Host host;
  private final Turn turn;

  /** Its process does nothing yet. */
  Contestant(BenchCase benchCase, PreparedFleet fleet, BenchTopics topics, Rig.Host host) {
    this.benchCase = benchCase;
    this.fleet = fleet;
    this.topics = topics;
    this.host = host;
    this.turn = fleet.turn(benchCase.kind());
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
        outcome.compilingSeconds());
  }

  private Outcome run(Turn now) throws IOException, InterruptedException, ExecutionException {
    String own = benchCase.ownPrefix();
    long deadBefore = topics.written(own, List.of(Topic.DEAD_LETTERS));
    long before = topics.written(own, List.of(Topic.EVENTS_DOMAIN));
    Outcome outcome = host.run(now);
    long dead = topics.written(own, List.of(Topic.DEAD_LETTERS)) - deadBefore;
    require(dead == 0, "%,d dead letters".formatted(dead));
    require(
        outcome.records() > 0, "the batch was read before a checkpoint was done: more --records");
    requireAll(outcome, topics.written(own, List.of(Topic.EVENTS_DOMAIN)) - before);
    topics.empty(own, outputs());
    return outcome;
  }

  /**
   * @param written to events.domain, where all but the device job write
   */
  private void requireAll(Outcome outcome, long written) throws IOException {
    switch (benchCase.kind()) {
      case IDENTITY_JSON, IDENTITY_AVRO ->
          require(
              written == turn.records(),
              "%,d of %,d records written".formatted(written, turn.records()));
      case ROUTER ->
          // What it wrote holds ticks, too, and it gathers those: so its own count tells.
          require(
              outcome.applied() == fleet.eventsOfAll() && written >= fleet.eventsOfAll(),
              "%,d of %,d events routed, %,d records written"
                  .formatted(outcome.applied(), fleet.eventsOfAll(), written));
      case DEVICE ->
          require(
              outcome.applied() == fleet.events() && outcome.duplicates() == 0,
              "%,d of %,d events applied, %,d as duplicates dropped"
                  .formatted(outcome.applied(), fleet.events(), outcome.duplicates()));
    }
  }

  private void require(boolean done, String otherwise) throws IOException {
    if (!done) {
      throw new IOException(benchCase.name() + ": " + otherwise);
    }
  }

  /** What may be emptied after a run: what the job writes, and nobody reads again. */
  private List<Topic> outputs() {
    boolean shared = benchCase.kind() == BenchCase.Kind.DEVICE;
    return Arrays.stream(Topic.values()).filter(t -> !shared || !READ.contains(t)).toList();
  }
}
