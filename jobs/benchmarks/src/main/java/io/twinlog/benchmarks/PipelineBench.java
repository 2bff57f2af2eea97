// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Measures jobs in turn: each is warmed up in its process, then all take turns, so that what the
 * machine does meanwhile hits them alike. It judges nothing.
 */
final class PipelineBench {
  private final Path home;
  private final Path other;
  private final PipelineOptions options;
  private final Narrator narrator;

  /**
   * @param home root of the checkout
   * @param other the same of the build that it is held against
   */
  PipelineBench(Path home, Path other, PipelineOptions options, Narrator narrator) {
    this.home = home;
    this.other = other;
    this.options = options;
    this.narrator = narrator;
  }

  /** Runs of each case, in the order of the cases; {@code directory} is filled and left. */
  Map<BenchCase, List<Run>> run(List<BenchCase> cases, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    try (Rig rig = new Rig(directory, home, other, options);
        BenchTopics topics = new BenchTopics(rig.bootstrap())) {
      List<Contestant> contestants = enter(rig, topics, cases);
      for (Contestant contestant : contestants) {
        warmUp(contestant);
      }
      Map<BenchCase, List<Run>> runs = new LinkedHashMap<>();
      for (int number = 1; number <= options.runs(); number++) {
        for (Contestant contestant : contestants) {
          Run run = contestant.run();
          runs.computeIfAbsent(contestant.benchCase(), c -> new ArrayList<>()).add(run);
          narrator.say(
              "run %d of %d, %s: %s"
                  .formatted(
                      number, options.runs(), contestant.benchCase().name(), Table.text(run)));
        }
      }
      return runs;
    }
  }

  /** One recorded run of one case. */
  Profile profile(BenchCase of, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    try (Rig rig = new Rig(directory, home, other, options);
        BenchTopics topics = new BenchTopics(rig.bootstrap())) {
      Contestant contestant = enter(rig, topics, List.of(of)).get(0);
      String file = rig.path("recording.jfr").toString();
      // The first recording of a JVM changes classes of the JDK, and much has to be compiled anew.
      contestant.record(file);
      warmUp(contestant);
      narrator.say("%s is recorded".formatted(of.name()));
      Outcome outcome = contestant.record(file);
      return Profile.of(of.name(), contestant.asRun(outcome), outcome, Path.of(file));
    }
  }

  private List<Contestant> enter(Rig rig, BenchTopics topics, List<BenchCase> cases)
      throws IOException, InterruptedException, ExecutionException {
    Map<BenchCase, Rig.Host> hosts = new LinkedHashMap<>();
    for (BenchCase of : cases) {
      // Here, once: a writer that is quicker than the broker's news of a topic may wait for long.
      BenchTopics.create(rig.bootstrap(), of.fleetPrefix());
      BenchTopics.create(rig.bootstrap(), of.ownPrefix());
      hosts.put(of, rig.host(of));
    }
    Map<String, PreparedFleet> fleets = new LinkedHashMap<>();
    List<Contestant> contestants = new ArrayList<>();
    for (BenchCase of : cases) {
      if (!fleets.containsKey(of.fleetPrefix())) {
        fleets.put(of.fleetPrefix(), prepare(rig, topics, of, hosts));
      }
      contestants.add(new Contestant(of, fleets.get(of.fleetPrefix()), topics, hosts.get(of)));
    }
    return contestants;
  }

  private PreparedFleet prepare(
      Rig rig, BenchTopics topics, BenchCase of, Map<BenchCase, Rig.Host> hosts)
      throws IOException, InterruptedException, ExecutionException {
    PreparedFleet.Plan plan =
        new PreparedFleet.Plan(
            of.fleetPrefix(),
            options.fleet(of.kind().members(), of.devices()),
            options.history(),
            options.records(),
            hosts.keySet().stream()
                .anyMatch(other -> isOfFleet(other, of) && other.kind().readsInbox()));
    Map<BenchCase, Rig.Host> knowing = new LinkedHashMap<>();
    hosts.forEach(
        (other, host) -> {
          if (isOfFleet(other, of) && other.kind().knowsFleet()) {
            knowing.put(other, host);
          }
        });
    return PreparedFleet.prepare(rig, topics, plan, knowing, narrator);
  }

  private static boolean isOfFleet(BenchCase other, BenchCase of) {
    return other.fleetPrefix().equals(of.fleetPrefix());
  }

  private void warmUp(Contestant contestant)
      throws IOException, InterruptedException, ExecutionException {
    long start = System.nanoTime();
    Duration spent = Duration.ZERO;
    while (spent.compareTo(options.warmUp()) < 0) {
      Run run = contestant.run();
      spent = Duration.ofNanos(System.nanoTime() - start);
      narrator.say(
          "%s warms up, %d of %d s: %s"
              .formatted(
                  contestant.benchCase().name(),
                  spent.toSeconds(),
                  options.warmUp().toSeconds(),
                  Table.text(run)));
    }
  }
}
