// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * One seed: a world writes, a router, a device job, a telemetry job, a service job and an
 * escalation job read, write, lag, die and come back, in steps that the dice choose; then all is
 * healed, and {@link Verdict} judges. The same seed gives the same steps; fewer steps are a prefix
 * of them.
 */
final class Simulation implements AutoCloseable {
  private static final int STEPS = 120;

  /** Of 1,340 steps 120 are those of the telemetry job, 100 of the service job, 120 of alerts. */
  private static final int KINDS = 1_340;

  private static final int TELEMETRY = 1_000;
  private static final int SERVICES = 1_120;
  private static final int ESCALATION = 1_220;

  /** A defect that shows when jobs are restored shows as well when they are so now and then. */
  private static final int SHOWN_EVERY = 4;

  private static final long NEVER = Long.MIN_VALUE;

  /** After an outage the clock stands for thirty; then the silence of a device is told. */
  private static final int HEALING_TICKS = 90;

  /** The more subtasks, the longer takes a restart; most of what can go wrong does so with two. */
  private static final List<Integer> PARALLELISMS = List.of(1, 1, 2, 2, 2, 4);

  private final Dice dice;
  private final Plan plan;
  private final Setting setting;
  private final SimulatedBroker broker;
  private final World world;
  private final SimulatedRouter router;
  private final SimulatedJob job;
  private final SimulatedJob telemetry;
  private final SimulatedJob services;
  private final SimulatedJob escalation;
  private final List<SimulatedClock> clocks = new ArrayList<>();
  private final List<Long> tickedAt = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final int lagging;
  private long now;
  private long reached;
  private long telemetryReached;
  private long servicesReached;
  private long escalationReached;

  /**
   * What is asked of a simulation.
   *
   * @param defect that is planted
   * @param restarts whether the stateful jobs are saved and restored after every step
   */
  record Plan(Defect defect, boolean restarts) {
    static final Plan SOUND = new Plan(Defect.NONE, false);
  }

  Simulation(long seed, Plan plan) throws Exception {
    this.dice = new Dice(seed);
    this.plan = plan;
    this.setting = Setting.of(dice);
    this.broker = new SimulatedBroker(setting::partitions);
    this.world = new World(broker, dice, setting.devices());
    this.router = new SimulatedRouter(broker, setting.configuration(), parallelism());
    this.job =
        new SimulatedJob(
            broker,
            SimulatedOperators.ofDeviceJob(setting.configuration(), broker.directory()),
            parallelism(),
            plan.defect().inDeviceJob());
    this.telemetry =
        new SimulatedJob(
            broker,
            SimulatedOperators.ofTelemetryJob(
                setting.configuration(), setting.telemetry(), broker.directory()),
            parallelismOfTelemetry(),
            plan.defect().inTelemetryJob());
    this.services =
        new SimulatedJob(
            broker,
            SimulatedOperators.ofServiceJob(setting.configuration(), broker.directory()),
            parallelism(Topic.EVENTS_SYSTEM),
            somewhere(plan.defect().inServiceJob()));
    this.escalation =
        new SimulatedJob(
            broker,
            SimulatedOperators.ofEscalationJob(
                setting.configuration(), setting.escalation(), broker.directory()),
            parallelism(Topic.EVENTS_ERROR),
            somewhere(plan.defect().inEscalationJob()));
    this.lagging = dice.percent(40) ? dice.below(router.sources()) : -1;
    startClock();
  }

  /** To open a store takes longer than all that a small job does: every other one keeps to heap. */
  private Defect.Planted somewhere(Defect.Planted planted) {
    return dice.percent(50) ? planted.onHeap() : planted;
  }

  private int parallelism() {
    return parallelism(Topic.EVENTS_DOMAIN);
  }

  private int parallelism(Topic inbox) {
    int most = setting.partitions(inbox);
    return dice.one(PARALLELISMS.stream().filter(n -> n <= most).toList());
  }

  /** The shuffle is the device job's, and tried there with more. */
  private int parallelismOfTelemetry() {
    return Math.min(2, parallelism());
  }

  private void startClock() {
    clocks.add(new SimulatedClock(broker, wall()));
    tickedAt.add(NEVER);
  }

  private long wall() {
    return World.BEGINNING + now;
  }

  /**
   * Runs the first {@code steps} steps, or all of them, then heals and judges.
   *
   * @return what is wrong; empty: nothing
   */
  List<String> run(int steps) throws Exception {
    for (int i = 0; i < Math.min(steps, STEPS); i++) {
      trace.add(i + ": " + step());
      if (plan.restarts() && (plan.defect() == Defect.NONE || i % SHOWN_EVERY == 0)) {
        restart();
      }
    }
    heal();
    List<String> problems =
        new ArrayList<>(
            new Verdict(broker, setting, clocks.get(clocks.size() - 1), reached).problems());
    if (telemetryReached != reached) {
      problems.add("time stands at " + telemetryReached + " in the telemetry job");
    }
    if (servicesReached != reached) {
      problems.add("time stands at " + servicesReached + " in the service job");
    }
    if (escalationReached != reached) {
      problems.add("time stands at " + escalationReached + " in the escalation job");
    }
    problems.addAll(TelemetryVerdict.problems(broker, setting, plan.defect()));
    problems.addAll(ServiceVerdict.problems(broker, setting));
    problems.addAll(EscalationVerdict.problems(broker, setting, reached));
    return problems;
  }

  /** Where one cache is broken on purpose, the jobs of the others need not be troubled. */
  private void restart() throws Exception {
    if (plan.defect() != Defect.TELEMETRY_CACHE_LOST) {
      job.checkpoint(dice, dice.percent(50));
      job.crash(dice, parallelism(), dice.percent(20));
    }
    if (plan.defect() != Defect.CACHE_LOST) {
      telemetry.checkpoint(dice, dice.percent(50));
      telemetry.crash(dice, parallelismOfTelemetry(), dice.percent(20));
    }
    if (!plan.defect().showsInRestarts()) {
      // Of the smaller ones one at a time.
      boolean alerts = dice.percent(50);
      SimulatedJob one = alerts ? escalation : services;
      one.checkpoint(dice, dice.percent(50));
      one.crash(
          dice, parallelism(alerts ? Topic.EVENTS_ERROR : Topic.EVENTS_SYSTEM), dice.percent(20));
    }
  }

  static int steps() {
    return STEPS;
  }

  /** What was done, a line a step. */
  List<String> trace() {
    return trace;
  }

  private String step() throws Exception {
    int kind = dice.below(KINDS);
    if (kind < 300) {
      return second();
    } else if (kind < 520) {
      return read();
    } else if (kind < 600) {
      router.deliverSome(dice);
      return "router's batch arrives";
    } else if (kind < 740) {
      int partition = dice.below(job.partitions());
      job.read(partition, dice.between(1, 40));
      return "device job reads inbox " + partition + ", at " + job.where();
    } else if (kind < 880) {
      job.work(dice, dice.between(1, 60));
      return "device job works";
    } else if (kind < 910) {
      job.deliverSome(dice);
      return "device job's batch arrives";
    } else if (kind < 930) {
      router.checkpoint();
      return "router's checkpoint";
    } else if (kind < 965) {
      boolean aligned = dice.percent(60);
      job.checkpoint(dice, aligned);
      return "device job's checkpoint, " + (aligned ? "aligned" : "unaligned");
    }
    if (kind < TELEMETRY) {
      return fault(kind);
    }
    if (kind < SERVICES) {
      return telemetry(kind - TELEMETRY);
    }
    return kind < ESCALATION
        ? another("service", services, Topic.EVENTS_SYSTEM, kind - SERVICES)
        : another("escalation", escalation, Topic.EVENTS_ERROR, kind - ESCALATION);
  }

  /** What one of the smaller jobs does, or what happens to it. */
  private String another(String name, SimulatedJob one, Topic inbox, int kind) throws Exception {
    if (kind < 35) {
      int partition = dice.below(one.partitions());
      one.read(partition, dice.between(1, 80));
      return name + " job reads inbox " + partition + ", at " + one.where();
    } else if (kind < 70) {
      one.work(dice, dice.between(1, 120));
      return name + " job works";
    } else if (kind < 80) {
      one.deliverSome(dice);
      return name + " job's batch arrives";
    } else if (kind < 92) {
      boolean aligned = dice.percent(60);
      one.checkpoint(dice, aligned);
      return name + " job's checkpoint, " + (aligned ? "aligned" : "unaligned");
    } else if (kind < 100) {
      int parallelism = parallelism(inbox);
      boolean zombie = dice.percent(40);
      one.crash(dice, parallelism, zombie);
      return name + " job dies" + (zombie ? ", a zombie" : "") + "; parallelism " + parallelism;
    }
    one.work(dice, dice.between(1, 200));
    return name + " job works on";
  }

  /** What the telemetry job does, or what happens to it. */
  private String telemetry(int kind) throws Exception {
    if (kind < 45) {
      int partition = dice.below(telemetry.partitions());
      telemetry.read(partition, dice.between(1, 80));
      return "telemetry job reads inbox " + partition + ", at " + telemetry.where();
    } else if (kind < 85) {
      telemetry.work(dice, dice.between(1, 120));
      return "telemetry job works";
    } else if (kind < 97) {
      telemetry.deliverSome(dice);
      return "telemetry job's batch arrives";
    } else if (kind < 112) {
      boolean aligned = dice.percent(60);
      telemetry.checkpoint(dice, aligned);
      return "telemetry job's checkpoint, " + (aligned ? "aligned" : "unaligned");
    }
    int parallelism = parallelismOfTelemetry();
    boolean zombie = dice.percent(40);
    telemetry.crash(dice, parallelism, zombie);
    return "telemetry job dies" + (zombie ? ", a zombie" : "") + "; parallelism " + parallelism;
  }

  private String fault(int kind) throws Exception {
    if (kind < 977) {
      return crashRouter();
    } else if (kind < 989) {
      int parallelism = parallelism();
      boolean zombie = dice.percent(40);
      job.crash(dice, parallelism, zombie);
      return "device job dies" + (zombie ? ", a zombie" : "") + "; parallelism " + parallelism;
    } else if (kind < 994) {
      now += dice.between(5, 120) * 1_000L;
      return "outage until " + now;
    }
    int partitions = dice.below(router.sources() + 1);
    clocks.get(clocks.size() - 1).tick(wall(), elapsed(clocks.size() - 1), partitions);
    if (dice.percent(50)) {
      clocks.clear();
      tickedAt.clear();
    }
    now += dice.below(15) * 1_000L;
    startClock();
    return "clock dies after " + partitions + " partitions; " + clocks.size() + " tick now";
  }

  private String crashRouter() throws Exception {
    boolean lost = plan.defect() == Defect.BATCH_LOST && router.loseOneBatch(dice);
    boolean zombie = dice.percent(40) && !lost;
    int parallelism = dice.between(1, Math.min(4, router.sources()));
    router.crash(parallelism, zombie);
    return "router dies"
        + (zombie ? ", a zombie" : "")
        + (lost ? ", a batch lost" : "")
        + "; parallelism "
        + parallelism;
  }

  private String second() {
    now += 1_000;
    world.second(wall());
    for (int i = 0; i < clocks.size(); i++) {
      boolean newest = i == clocks.size() - 1;
      if (newest ? dice.percent(97) : dice.percent(50)) {
        clocks.get(i).tick(wall(), elapsed(i), Integer.MAX_VALUE);
      }
    }
    return "a second passes, " + now;
  }

  private long elapsed(int clock) {
    long last = tickedAt.get(clock);
    tickedAt.set(clock, now);
    return last == NEVER ? -1 : now - last;
  }

  private String read() throws Exception {
    int source = dice.below(router.sources());
    if (source == lagging && dice.percent(85)) {
      return "router lags on source " + source;
    }
    router.read(source, dice.between(1, 30));
    return "router reads source " + source + ", at " + router.where();
  }

  private void heal() throws Exception {
    for (int i = 0; i < HEALING_TICKS; i++) {
      now += 1_000;
      world.servicesLive(wall());
      int newest = clocks.size() - 1;
      clocks.get(newest).tick(wall(), elapsed(newest), Integer.MAX_VALUE);
    }
    // What the telemetry job orders is read by the router, and so on.
    do {
      router.finish(dice);
      job.finish(dice);
      telemetry.finish(dice);
      services.finish(dice);
    } while (!router.caughtUp());
    reached = job.watermark();
    telemetryReached = telemetry.watermark();
    servicesReached = services.watermark();
    job.end(dice);
    telemetry.end(dice);
    services.end(dice);
    // They tell of what lay in their groups only now.
    escalation.finish(dice);
    escalationReached = escalation.watermark();
    escalation.end(dice);
  }

  @Override
  public void close() {
    router.close();
    job.close();
    telemetry.close();
    services.close();
    escalation.close();
  }
}
