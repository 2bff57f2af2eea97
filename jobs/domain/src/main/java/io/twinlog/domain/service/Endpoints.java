// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering;
import io.twinlog.domain.Moment;
import io.twinlog.domain.service.EndpointsFact.Crowded;
import io.twinlog.domain.service.EndpointsFact.Endpoint;
import io.twinlog.domain.service.EndpointsFact.Gone;
import io.twinlog.domain.service.EndpointsFact.Listed;
import io.twinlog.domain.service.EndpointsFact.LossHeld;
import io.twinlog.domain.service.EndpointsState.Instance;
import io.twinlog.domain.service.EndpointsState.Standing;
import io.twinlog.domain.service.ServiceMove.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lists which instances of a name may take load: those that are heard and not unhealthy.
 *
 * <p>Where many fall silent at once, it is mostly not they who are dead: a network is, or a deploy
 * went wrong in what they share. To take all of them away would send their load to nobody. So
 * within a window only a share of a name leaves by silence, who fell silent first goes first, and
 * that the others are held is told (as Netflix's Eureka limits its evictions).
 */
public final class Endpoints implements Gathering<EndpointsState, ServiceMove, EndpointsFact> {
  private static final Comparator<Map.Entry<String, Instance>> FIRST_SILENT =
      Comparator.<Map.Entry<String, Instance>>comparingLong(e -> e.getValue().silentSince())
          .thenComparing(Map.Entry::getKey);

  private final EndpointsRules rules;

  public Endpoints(EndpointsRules rules) {
    this.rules = rules;
  }

  @Override
  public EndpointsState initial(String key) {
    return EndpointsState.of(key);
  }

  @Override
  public Gathered<EndpointsState, EndpointsFact> take(
      EndpointsState state, ServiceMove move, Moment now) {
    String id = move.serviceId();
    TreeMap<String, Instance> instances = new TreeMap<>(state.instances());
    Instance before = instances.get(id);
    if (move.kind() == Kind.HEARD && before == null && instances.size() >= rules.instancesMax()) {
      long version = after(state.version(), now);
      return new Gathered<>(
          state.ofVersion(version),
          List.of(new Crowded(version, now, state.name(), id, rules.instancesMax())));
    }
    switch (move.kind()) {
      case HEARD -> instances.put(id, instance(move, Standing.HEARD, 0));
      case SILENT -> {
        if (before != null) {
          // One that takes no load anyway costs its name nothing when it leaves.
          Standing silent = before.isListed() ? Standing.HELD : Standing.OUT;
          instances.put(id, instance(move, silent, now.clock()));
        }
      }
      case LEFT -> instances.remove(id);
      case EXPIRED -> {
        if (before != null && before.isHeld()) {
          instances.put(id, instance(move, Standing.HELD_EXPIRED, before.silentSince()));
        } else {
          instances.remove(id);
        }
      }
    }
    // A deadline at the same clock comes behind it.
    boolean open = now.clock() <= state.windowEnds();
    return settled(state, instances, new Window(open, now), new ArrayList<>());
  }

  /**
   * When those that are silent may leave.
   *
   * @param open whether the window in which others left has not ended
   */
  private record Window(boolean open, Moment now) {}

  private static Instance instance(ServiceMove move, Standing standing, long silentSince) {
    return new Instance(
        move.endpoint(), move.serviceVersion(), move.reported(), standing, silentSince);
  }

  /** Lets those leave that may, and tells of the list where it is another. */
  private Gathered<EndpointsState, EndpointsFact> settled(
      EndpointsState before,
      TreeMap<String, Instance> instances,
      Window window,
      List<EndpointsFact> facts) {
    boolean open = window.open();
    Moment now = window.now();
    int left = open ? before.leftInWindow() : 0;
    int lossMax = open ? before.lossMax() : rules.lossMax(instances.size());
    long ends = open ? before.windowEnds() : 0;
    Optional<Map.Entry<String, Instance>> next = firstHeld(instances);
    while (next.isPresent() && left < lossMax) {
      leave(next.get().getKey(), next.get().getValue(), instances);
      left++;
      // From the last that left: of two windows side by side, both shares could leave at once.
      ends = now.clock() + rules.lossWindow();
      next = firstHeld(instances);
    }
    long version = facts.isEmpty() ? before.version() : facts.get(facts.size() - 1).version();
    long written = before.instances().isEmpty() ? now.clock() : before.written();
    if (instances.isEmpty() && !before.instances().isEmpty()) {
      version = after(version, now);
      facts.add(new Gone(version, before.name()));
    } else if (rewrites(before) <= now.clock()
        || !listed(instances).equals(listed(before.instances()))) {
      version = after(version, now);
      written = now.clock();
      facts.add(new Listed(version, before.name(), listed(instances)));
    }
    return new Gathered<>(
        new EndpointsState(before.name(), version, instances, ends, left, lossMax, written, false),
        facts);
  }

  /** When the list is to be written though it is the same. */
  private long rewrites(EndpointsState state) {
    return state.instances().isEmpty() ? Aggregate.NEVER : state.written() + rules.rewrite();
  }

  /** By the clock, so that a name which comes again, when all of it was forgotten, goes on. */
  private static long after(long version, Moment now) {
    return Math.max(version + 1, now.clock());
  }

  private static Optional<Map.Entry<String, Instance>> firstHeld(
      SortedMap<String, Instance> instances) {
    return instances.entrySet().stream().filter(e -> e.getValue().isHeld()).min(FIRST_SILENT);
  }

  private static void leave(String id, Instance held, TreeMap<String, Instance> instances) {
    if (held.standing() == Standing.HELD_EXPIRED) {
      instances.remove(id);
    } else {
      instances.put(
          id,
          new Instance(
              held.endpoint(), held.version(), held.reported(), Standing.OUT, held.silentSince()));
    }
  }

  private static List<Endpoint> listed(SortedMap<String, Instance> instances) {
    List<Endpoint> listed = new ArrayList<>(instances.size());
    instances.forEach(
        (id, instance) -> {
          if (instance.isListed()) {
            listed.add(
                new Endpoint(id, instance.endpoint(), instance.reported(), instance.version()));
          }
        });
    return listed;
  }

  /**
   * The end of a window, while there is somebody who waits for it; or when the list is to be
   * written again. A name without instances is forgotten when the clock has passed its version.
   */
  @Override
  public long deadline(EndpointsState state) {
    if (state.instances().isEmpty()) {
      return state.isNothing() ? Aggregate.NEVER : state.version() + 1;
    }
    return Math.min(windowEnds(state), rewrites(state));
  }

  private static long windowEnds(EndpointsState state) {
    return firstHeld(state.instances()).isPresent() ? state.windowEnds() : Aggregate.NEVER;
  }

  @Override
  public Gathered<EndpointsState, EndpointsFact> atDeadline(EndpointsState state, Moment now) {
    if (state.instances().isEmpty()) {
      return Gathered.quietly(
          new EndpointsState(state.name(), state.version(), state.instances(), 0, 0, 0, 0, true));
    }
    List<EndpointsFact> facts = new ArrayList<>();
    if (windowEnds(state) <= now.clock()) {
      facts.add(held(state, now));
    }
    boolean open = now.clock() < state.windowEnds();
    return settled(state, new TreeMap<>(state.instances()), new Window(open, now), facts);
  }

  private static LossHeld held(EndpointsState state, Moment now) {
    List<String> held =
        state.instances().entrySet().stream()
            .filter(entry -> entry.getValue().isHeld())
            .map(Map.Entry::getKey)
            .toList();
    return new LossHeld(
        after(state.version(), now),
        now,
        state.name(),
        state.instances().size(),
        held.size(),
        held.subList(0, Math.min(held.size(), EndpointsRules.IDS_MAX)));
  }

  /** What is over, and what never began: somebody left who was not there. */
  @Override
  public boolean ended(EndpointsState state) {
    return state.isNothing();
  }
}
