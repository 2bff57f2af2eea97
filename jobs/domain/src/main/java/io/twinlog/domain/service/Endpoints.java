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
 * within any stretch of the window's length only a share of a name leaves by silence, who fell
 * silent first goes first, and that others are held for as long is told (as Netflix's Eureka limits
 * its evictions).
 */
public final class Endpoints implements Gathering<EndpointsState, ServiceMove, EndpointsFact> {
  private static final Comparator<Map.Entry<String, Instance>> FIRST =
      Comparator.<Map.Entry<String, Instance>>comparingLong(e -> e.getValue().since())
          .thenComparing(Map.Entry::getKey);

  /** A unit of UTF-16 takes at most so many bytes; numbers and lengths of an entry so many. */
  private static final int BYTES_PER_CHAR = 3;

  private static final int BYTES_PER_ENTRY = 32;

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
    List<EndpointsFact> facts = new ArrayList<>();
    switch (move.kind()) {
      case HEARD -> hear(state, move, now, instances).ifPresent(facts::add);
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
          instances.put(id, instance(move, Standing.HELD_EXPIRED, before.since()));
        } else {
          instances.remove(id);
        }
      }
    }
    return settled(state, instances, now, facts);
  }

  /** It is there, as it is now: in the list, or among those that wait for a place in it. */
  private Optional<EndpointsFact> hear(
      EndpointsState state, ServiceMove move, Moment now, TreeMap<String, Instance> instances) {
    String id = move.serviceId();
    Instance before = instances.remove(id);
    boolean listed = before != null && before.standing() != Standing.WAITING;
    Instance heard = instance(move, Standing.HEARD, 0);
    if (hasRoom(instances, id, heard) && (listed || places(instances) < rules.instancesMax())) {
      instances.put(id, heard);
      return Optional.empty();
    }
    long since = before == null || listed ? now.clock() : before.since();
    boolean waits = waiting(instances) < rules.instancesMax() && hasRoom(instances, id, heard);
    if (waits) {
      instances.put(id, instance(move, Standing.WAITING, since));
    }
    if (before != null && before.standing() == Standing.WAITING && waits) {
      return Optional.empty();
    }
    return Optional.of(
        new Crowded(
            after(state.version(), now), now, state.name(), id, rules.instancesMax(), waits));
  }

  private static boolean hasRoom(SortedMap<String, Instance> instances, String id, Instance more) {
    long bytes = bytes(id, more);
    for (Map.Entry<String, Instance> there : instances.entrySet()) {
      bytes += bytes(there.getKey(), there.getValue());
    }
    return bytes <= EndpointsRules.LIST_BYTES_MAX;
  }

  private static long bytes(String id, Instance instance) {
    int chars = id.length() + instance.endpoint().length() + instance.version().length();
    return BYTES_PER_ENTRY + (long) BYTES_PER_CHAR * chars;
  }

  private static int waiting(SortedMap<String, Instance> instances) {
    int waiting = 0;
    for (Instance instance : instances.values()) {
      waiting += instance.standing() == Standing.WAITING ? 1 : 0;
    }
    return waiting;
  }

  /** How many have a place in the list, whether they may take load now or not. */
  private static int places(SortedMap<String, Instance> instances) {
    return instances.size() - waiting(instances);
  }

  private static Instance instance(ServiceMove move, Standing standing, long since) {
    return new Instance(move.endpoint(), move.serviceVersion(), move.reported(), standing, since);
  }

  /** Lets those leave that may, and tells of the list where it is another. */
  private Gathered<EndpointsState, EndpointsFact> settled(
      EndpointsState before,
      TreeMap<String, Instance> instances,
      Moment now,
      List<EndpointsFact> facts) {
    long told = before.told();
    if (heldTold(instances, told) <= now.clock()) {
      facts.add(held(before, instances, version(before, facts), now));
      told = now.clock();
    }
    List<Long> leaves = new ArrayList<>(before.leaves());
    leaves.removeIf(leave -> leave + rules.lossWindow() <= now.clock());
    Optional<Map.Entry<String, Instance>> next = firstHeld(instances);
    while (next.isPresent() && leaves.size() < rules.lossMax(places(instances))) {
      leave(next.get().getKey(), next.get().getValue(), instances);
      leaves.add(now.clock());
      next = firstHeld(instances);
    }
    promote(instances);
    long written = before.instances().isEmpty() ? now.clock() : before.written();
    if (instances.isEmpty() && !before.instances().isEmpty()) {
      facts.add(new Gone(after(version(before, facts), now), before.name()));
    } else if (rewrites(before) <= now.clock()
        || !listed(instances).equals(listed(before.instances()))) {
      written = now.clock();
      facts.add(new Listed(after(version(before, facts), now), before.name(), listed(instances)));
    }
    return new Gathered<>(
        new EndpointsState(
            before.name(), version(before, facts), instances, leaves, told, written, false),
        facts);
  }

  private static long version(EndpointsState before, List<EndpointsFact> facts) {
    return facts.isEmpty() ? before.version() : facts.get(facts.size() - 1).version();
  }

  /** When the list is to be written though it is the same. */
  private long rewrites(EndpointsState state) {
    return state.instances().isEmpty() ? Aggregate.NEVER : state.written() + rules.rewrite();
  }

  /** When it is to be told that instances are held: one is for a whole window, once a window. */
  private long heldTold(SortedMap<String, Instance> instances, long told) {
    return firstHeld(instances)
        .map(first -> Math.max(first.getValue().since(), told) + rules.lossWindow())
        .orElse(Aggregate.NEVER);
  }

  /** By the clock, so that a name which comes again, when all of it was forgotten, goes on. */
  private static long after(long version, Moment now) {
    return Math.max(version + 1, now.clock());
  }

  private static Optional<Map.Entry<String, Instance>> firstHeld(
      SortedMap<String, Instance> instances) {
    return instances.entrySet().stream().filter(e -> e.getValue().isHeld()).min(FIRST);
  }

  private static void leave(String id, Instance held, TreeMap<String, Instance> instances) {
    if (held.standing() == Standing.HELD_EXPIRED) {
      instances.remove(id);
    } else {
      instances.put(id, standing(held, Standing.OUT, held.since()));
    }
  }

  private static Instance standing(Instance instance, Standing standing, long since) {
    return new Instance(
        instance.endpoint(), instance.version(), instance.reported(), standing, since);
  }

  /** Who waits longest takes the place of one that has left. */
  private void promote(TreeMap<String, Instance> instances) {
    while (places(instances) < rules.instancesMax()) {
      Optional<Map.Entry<String, Instance>> first =
          instances.entrySet().stream()
              .filter(e -> e.getValue().standing() == Standing.WAITING)
              .min(FIRST);
      if (first.isEmpty()) {
        return;
      }
      instances.put(first.get().getKey(), standing(first.get().getValue(), Standing.HEARD, 0));
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
   * When one that is held may leave, or is to be told of, or the list is to be written again. A
   * name without instances is forgotten when the clock has passed its version.
   */
  @Override
  public long deadline(EndpointsState state) {
    if (state.instances().isEmpty()) {
      return state.isNothing() ? Aggregate.NEVER : state.version() + 1;
    }
    long held = Math.min(heldTold(state.instances(), state.told()), freed(state));
    return Math.min(held, rewrites(state));
  }

  /** When another one may leave, while there is somebody who waits for it. */
  private long freed(EndpointsState state) {
    if (firstHeld(state.instances()).isEmpty()) {
      return Aggregate.NEVER;
    }
    int tooMany = state.leaves().size() - rules.lossMax(places(state.instances()));
    return state.leaves().get(Math.max(0, tooMany)) + rules.lossWindow();
  }

  @Override
  public Gathered<EndpointsState, EndpointsFact> atDeadline(EndpointsState state, Moment now) {
    if (state.instances().isEmpty()) {
      return Gathered.quietly(
          new EndpointsState(
              state.name(), state.version(), state.instances(), List.of(), 0, 0, true));
    }
    return settled(state, new TreeMap<>(state.instances()), now, new ArrayList<>());
  }

  private static LossHeld held(
      EndpointsState state, SortedMap<String, Instance> instances, long version, Moment now) {
    List<String> held =
        instances.entrySet().stream()
            .filter(entry -> entry.getValue().isHeld())
            .map(Map.Entry::getKey)
            .toList();
    return new LossHeld(
        after(version, now),
        now,
        state.name(),
        instances.size(),
        held.size(),
        held.subList(0, Math.min(held.size(), EndpointsRules.IDS_MAX)));
  }

  /** What is over, and what never began: somebody left who was not there. */
  @Override
  public boolean ended(EndpointsState state) {
    return state.isNothing();
  }
}
