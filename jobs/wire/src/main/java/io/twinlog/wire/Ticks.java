// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.clock.ClockRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Tick;
import io.twinlog.schemas.TickMark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes ticks out of records that anyone may have written, and the furthest of several. It reads no
 * topic. Not for threads to share.
 */
public final class Ticks {
  private final SingleObject codec = new SingleObject();

  /**
   * The tick of a record; empty: it calls itself none, or says what no clock can have written.
   *
   * @param type the value of its header {@link HeaderNames#TYPE}; null: it has none
   * @param value null: it has none
   * @throws SingleObject.UnreadableException when it calls itself a tick, and cannot be read
   */
  public Optional<Tick> read(byte[] type, byte[] value) {
    if (type == null
        || value == null
        || !HeaderNames.TICK.equals(new String(type, StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    boolean inbox = codec.writerOf(value).filter(s -> s.getName().equals("InboxTick")).isPresent();
    Tick tick =
        inbox ? furthestOf(codec.decode(value, InboxTick.class)) : codec.decode(value, Tick.class);
    // The router refuses such a one, too: nobody's time goes on from it.
    return Optional.of(tick)
        .filter(t -> ClockRules.isReachable(t.getEpoch(), t.getClock()))
        .filter(t -> RuleSet.isVersion(t.getRulesVersion()));
  }

  /** Whether a tick can carry this version of the rules. */
  public static boolean canCarry(long rules) {
    return RuleSet.isVersion(rules);
  }

  /** Two clocks may tick in turn: the furthest of either in whatever they count. */
  public static Tick further(Optional<Tick> before, Tick tick) {
    if (before.isEmpty()) {
      return tick;
    }
    int epoch = Math.max(before.get().getEpoch(), tick.getEpoch());
    long rules = Math.max(before.get().getRulesVersion(), tick.getRulesVersion());
    Tick further = tick.getClock() > before.get().getClock() ? tick : before.get();
    further.setEpoch(epoch);
    further.setRulesVersion(rules);
    return further;
  }

  /** What a router told an inbox of its source partitions, as if it were one tick. */
  private static Tick furthestOf(InboxTick told) {
    Tick furthest = new Tick(0, 0L, Instant.EPOCH, 0L, told.getSources(), null);
    for (TickMark mark : told.getMarks()) {
      furthest.setEpoch(Math.max(furthest.getEpoch(), mark.getEpoch()));
      furthest.setRulesVersion(Math.max(furthest.getRulesVersion(), mark.getRulesVersion()));
      if (mark.getClock() > furthest.getClock()) {
        furthest.setClock(mark.getClock());
        furthest.setWall(mark.getWall());
      }
    }
    return furthest;
  }
}
