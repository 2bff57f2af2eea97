// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.escalation.SilenceEvent.SilenceEnded;
import io.twinlog.domain.escalation.SilenceEvent.SilenceForgotten;
import io.twinlog.domain.escalation.SilenceEvent.SilenceSet;
import io.twinlog.domain.escalation.SilenceState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The aggregate of a silence: set, changed, over. What it mutes is for {@link Mutes} to know. */
public final class SilenceRules
    implements Aggregate<SilenceState, SilenceVitals, SilenceCommand, SilenceEvent> {
  private static final long DAY = 86_400_000;

  /** After which nothing is remembered of one that is over; its projection is as old at most. */
  private static final long RETENTION = DAY;

  @Override
  public SilenceState initial(String id) {
    return SilenceState.none(id);
  }

  @Override
  public SilenceVitals initialVitals() {
    return SilenceVitals.NONE;
  }

  @Override
  public long version(SilenceState state) {
    return state.version();
  }

  @Override
  public boolean touchesOnlyVitals(SilenceVitals vitals, SilenceCommand command, Moment now) {
    return false;
  }

  @Override
  public Decision<SilenceEvent> decide(
      SilenceState state, SilenceVitals vitals, SilenceCommand command, Moment now) {
    List<Reason> flaws = flaws(command);
    if (!flaws.isEmpty()) {
      return new Decision.Refused<>(flaws);
    }
    if (command.endsAt() > now.logTime()) {
      long endsClock = now.clock() + command.endsAt() - now.logTime();
      return Decision.accepted(List.of(new SilenceSet(command, endsClock)));
    }
    return state.phase() == Phase.ACTIVE
        ? Decision.accepted(List.of(new SilenceEnded()))
        : Decision.refused(
            "invalid_command", "data.ends_at", "is past, and there is no silence to end");
  }

  private static List<Reason> flaws(SilenceCommand command) {
    List<Reason> flaws = new ArrayList<>();
    List<Matcher> matchers = command.matchers();
    for (int i = 0; i < matchers.size(); i++) {
      String flaw = matchers.get(i).flaw();
      if (!flaw.isEmpty()) {
        flaws.add(new Reason("invalid_command", "data.matchers[" + i + "].value", flaw));
      }
    }
    if (command.endsAt() == SilenceCommand.NO_TIME) {
      flaws.add(
          new Reason(
              "invalid_command",
              "data.ends_at",
              "must be a time such as 2026-01-01T00:00:00Z, or milliseconds since 1970"));
    }
    if (flaws.isEmpty() && matchers.stream().allMatch(matcher -> matcher.fits(Map.of()))) {
      flaws.add(
          new Reason(
              "invalid_command",
              "data.matchers",
              "fit alerts without any label, so they fit them all: name a value that one must have"));
    }
    return flaws;
  }

  @Override
  public boolean isSignOfLife(SilenceCommand command) {
    return false;
  }

  @Override
  public Circumstance circumstance(SilenceCommand command, SilenceEvent event, Moment now) {
    return new Circumstance(now.logTime(), Cause.COMMAND);
  }

  @Override
  public SilenceState evolve(SilenceState state, Recorded<SilenceEvent> recorded) {
    long version = recorded.version();
    if (recorded.event() instanceof SilenceSet set) {
      SilenceCommand command = set.command();
      return new SilenceState(
          state.id(),
          version,
          Phase.ACTIVE,
          command.matchers(),
          command.by(),
          recorded.at().logTime(),
          command.endsAt(),
          set.endsClock(),
          0);
    } else if (recorded.event() instanceof SilenceEnded) {
      return over(state, version, Phase.ENDED, recorded.at().clock());
    } else if (recorded.event() instanceof SilenceForgotten) {
      return over(state, version, Phase.FORGOTTEN, state.endedClock());
    }
    throw new IllegalStateException("no rule for " + recorded.event());
  }

  private static SilenceState over(SilenceState state, long version, Phase phase, long endedClock) {
    return new SilenceState(
        state.id(),
        version,
        phase,
        state.matchers(),
        state.by(),
        state.startsAt(),
        state.endsAt(),
        state.endsClock(),
        endedClock);
  }

  @Override
  public SilenceVitals observe(
      SilenceVitals vitals, SilenceCommand command, List<SilenceEvent> events, Moment now) {
    return vitals;
  }

  @Override
  public SilenceVitals mirror(SilenceVitals vitals, SilenceState state, Moment now) {
    long next =
        switch (state.phase()) {
          case ACTIVE -> state.endsClock();
          case ENDED -> state.endedClock() + RETENTION;
          case NONE, FORGOTTEN -> NEVER;
        };
    return new SilenceVitals(state.phase(), next, vitals.published());
  }

  @Override
  public long deadline(SilenceVitals vitals) {
    return vitals.phase() == Phase.ACTIVE
        ? Math.min(vitals.next(), vitals.published() + DAY)
        : vitals.next();
  }

  @Override
  public List<SilenceEvent> atDeadline(SilenceState state, SilenceVitals vitals, Moment now) {
    if (vitals.next() > now.clock()) {
      return List.of();
    }
    return List.of(state.phase() == Phase.ACTIVE ? new SilenceEnded() : new SilenceForgotten());
  }

  @Override
  public boolean projectionDue(SilenceVitals vitals, Moment now) {
    return vitals.phase() == Phase.ACTIVE && now.clock() - vitals.published() >= DAY;
  }

  @Override
  public SilenceVitals projected(SilenceVitals vitals, Moment now) {
    return new SilenceVitals(vitals.phase(), vitals.next(), now.clock());
  }

  @Override
  public boolean ended(SilenceState state) {
    return state.phase() == Phase.FORGOTTEN;
  }
}
