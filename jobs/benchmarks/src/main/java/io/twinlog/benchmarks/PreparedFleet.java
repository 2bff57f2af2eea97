// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.wire.Topic;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A fleet whose records lie ready: what its devices wrote while they came into service, then the
 * batch that is measured, both as written and as the real router made an inbox of them.
 *
 * @param input what jobs of each kind read
 * @param events of the batch, without ticks
 * @param states of jobs that have read what comes before the batch; where a savepoint is
 */
record PreparedFleet(Map<BenchCase.Kind, Input> input, long events, Map<BenchCase, String> states) {

  /**
   * Records of a job's topics, ticks and all.
   *
   * @param before those that come before the batch
   * @param all also those of the batch
   */
  record Input(long before, long all) {
    long batch() {
      return all - before;
    }
  }

  /**
   * What to prepare.
   *
   * @param prefix of its topics
   * @param history rounds before the batch
   * @param events of the batch
   * @param inbox whether anyone reads the inbox
   */
  record Plan(String prefix, Fleet fleet, int history, long events, boolean inbox) {
    long starting() {
      return fleet.slots(history);
    }
  }

  /**
   * Writes it all, and routes it where it is read.
   *
   * @param knowing processes of jobs that know the fleet: each must have read them, and be saved,
   *     before there is a batch behind them
   */
  static PreparedFleet prepare(
      Rig rig, BenchTopics topics, Plan plan, Map<BenchCase, Rig.Host> knowing, Narrator narrator)
      throws IOException, InterruptedException, ExecutionException {
    String prefix = plan.prefix();
    Fleet fleet = plan.fleet();
    String states = rig.path(prefix + "states").toUri().toString();
    Optional<InboxMaker> maker =
        plan.inbox() ? Optional.of(InboxMaker.start(rig, prefix, states)) : Optional.empty();
    String members = "%,d %s".formatted(fleet.devices(), fleet.of().text());
    narrator.say(members + " come into service");
    rig.generate(prefix, fleet, 0, plan.starting());
    route(maker, topics, prefix);
    Map<BenchCase.Kind, Long> before = written(topics, prefix);
    Map<BenchCase, String> saved = new HashMap<>();
    for (Map.Entry<BenchCase, Rig.Host> job : knowing.entrySet()) {
      Turn meeting = Turn.over("", 0, before.get(job.getKey().kind())).savedIn(states);
      saved.put(job.getKey(), job.getValue().run(meeting).savedState());
    }
    narrator.say("%s write %,d events".formatted(members, plan.events()));
    rig.generate(prefix, fleet, plan.starting(), plan.events());
    route(maker, topics, prefix);
    maker.ifPresent(made -> made.end(rig));
    requireNoDeadLetters(topics, prefix);
    Map<BenchCase.Kind, Input> input = new EnumMap<>(BenchCase.Kind.class);
    written(topics, prefix)
        .forEach((kind, records) -> input.put(kind, new Input(before.get(kind), records)));
    return new PreparedFleet(input, plan.events(), saved);
  }

  private static void route(Optional<InboxMaker> maker, BenchTopics topics, String prefix)
      throws IOException, InterruptedException, ExecutionException {
    if (maker.isPresent()) {
      maker.get().routeUpTo(topics.written(prefix, Topic.SOURCES));
    }
  }

  private static Map<BenchCase.Kind, Long> written(BenchTopics topics, String prefix)
      throws ExecutionException, InterruptedException {
    Map<BenchCase.Kind, Long> written = new EnumMap<>(BenchCase.Kind.class);
    for (BenchCase.Kind kind : BenchCase.Kind.values()) {
      written.put(kind, topics.written(prefix, kind.reads()));
    }
    return written;
  }

  private static void requireNoDeadLetters(BenchTopics topics, String prefix)
      throws IOException, InterruptedException, ExecutionException {
    long deadLetters = topics.written(prefix, List.of(Topic.DEAD_LETTERS));
    if (deadLetters > 0) {
      throw new IOException("%,d events of the generator are dead letters".formatted(deadLetters));
    }
  }

  /** A run that measures the batch; jobs that know the fleet go on from what comes before it. */
  Turn turn(BenchCase benchCase) {
    Input of = input.get(benchCase.kind());
    return benchCase.kind().knowsFleet()
        ? Turn.over(states.get(benchCase), 0, of.batch())
        : Turn.over("", of.before(), of.all());
  }

  /**
   * Events of the batch and of what comes before it. Each partition has the same ticks, and {@code
   * commands} has nothing else.
   */
  long eventsOfAll() {
    long ingress = input.get(BenchCase.Kind.IDENTITY_JSON).all();
    long ticks = input.get(BenchCase.Kind.ROUTER).all() - ingress;
    return ingress - ticks;
  }

  /** What of the batch is events; the rest is ticks. */
  double eventShare(BenchCase.Kind kind) {
    return (double) events / input.get(kind).batch();
  }
}
