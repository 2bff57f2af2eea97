// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Gathering;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.escalation.MutingFact.Passed;
import io.twinlog.domain.escalation.MutingFact.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/**
 * What becomes of errors and commands by the rules alone: as the escalation job would do it,
 * without a broker, as fast as the rules are. What is heard is given in the order of its clock;
 * then all of it is played to an end. Stages follow each other as in the job: alerts and silences,
 * what mutes them, groups.
 */
public final class EscalationSimulation {
  private final AlertRules alertRules;
  private final long checkEvery;
  private final LongFunction<EscalationRules> byVersion;
  private final long logTimeAtZero;
  private final Map<String, AlertLife> alerts = new TreeMap<>();
  private final Map<String, SilenceLife> silences = new TreeMap<>();
  private final List<Told<AlertNews>> news = new ArrayList<>();
  private final List<Told<Mute>> mutes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param checkEvery as {@link Muting} has it
   * @param byVersion rules by their version
   * @param logTimeAtZero log time at clock 0, epoch ms
   */
  public EscalationSimulation(
      AlertRules alertRules,
      long checkEvery,
      LongFunction<EscalationRules> byVersion,
      long logTimeAtZero) {
    this.alertRules = alertRules;
    this.checkEvery = checkEvery;
    this.byVersion = byVersion;
    this.logTimeAtZero = logTimeAtZero;
  }

  /** One line of a timeline. */
  public sealed interface Line {
    long clock();
  }

  /** Something happened to an alert. */
  public record Happened(long clock, AlertState after, Recorded<AlertEvent> recorded)
      implements Line {}

  /** A command was refused. */
  public record Refused(long clock, String key, List<Reason> reasons) implements Line {}

  /** An alert is muted by something else than before; empty: by nothing any more. */
  public record Muted(long clock, AlertState alert, String by) implements Line {}

  /** Somebody is told. */
  public record Notified(long clock, Telling telling) implements Line {}

  /**
   * A target that is down for a while is told, or is not.
   *
   * @param attempt from 1
   * @param again ms until the next attempt; 0: it has taken it
   */
  public record Attempted(long clock, Telling telling, int attempt, long again) implements Line {}

  /** What one stage tells the next; of one clock and key in the order in which it was told. */
  private record Told<N>(Moment at, String key, N news) {
    static <N> Comparator<Told<N>> order() {
      return Comparator.<Told<N>>comparingLong(told -> told.at.clock()).thenComparing(Told::key);
    }
  }

  private Moment at(long clock) {
    return new Moment(clock, logTimeAtZero + clock);
  }

  /**
   * An alert hears something.
   *
   * @param version of the rules in force
   */
  public void hear(String key, AlertCommand command, long clock, long version) {
    AlertLife life = life(key);
    life.pass(clock);
    List<Reason> refused = life.hear(command, at(clock), version);
    if (!refused.isEmpty()) {
      lines.add(new Refused(clock, key, refused));
    }
  }

  /** A silence is set, changed or ended; its key begins with {@link Mute#SILENCE}. */
  public void hear(String key, SilenceCommand command, long clock) {
    silences.computeIfAbsent(key, SilenceLife::new).hear(command, at(clock));
  }

  /** The alert that is there of this key, as its last command left it. */
  public AlertState state(String key, long clock) {
    AlertLife life = life(key);
    life.pass(clock);
    return life.state();
  }

  private AlertLife life(String key) {
    return alerts.computeIfAbsent(
        key, k -> new AlertLife(k, alertRules, byVersion, new AlertLines()));
  }

  /** Plays it until this clock, itself not in it; once. All that happened, in order. */
  public List<Line> play(long until) {
    alerts.values().forEach(alert -> alert.pass(until));
    silences.values().forEach(silence -> silence.pass(until));
    Mutes table = new Mutes();
    mutes.stream().sorted(Told.order()).forEach(told -> table.hear(told.news, told.at.clock()));
    List<Told<GroupNews>> groupNews = new ArrayList<>();
    gather(new Muting(table, checkEvery), news, until, new MutingLines(groupNews));
    gather(
        new Groups(),
        groupNews,
        until,
        (telling, moment) -> lines.add(new Notified(moment.clock(), telling)));
    lines.sort(Comparator.comparingLong(Line::clock));
    return List.copyOf(lines);
  }

  /** What changes in what mutes an alert is a line; what its groups hear goes on. */
  private final class MutingLines implements BiConsumer<MutingFact, Moment> {
    private final List<Told<GroupNews>> groupNews;
    private final Map<String, String> mutedBy = new HashMap<>();

    MutingLines(List<Told<GroupNews>> groupNews) {
      this.groupNews = groupNews;
    }

    @Override
    public void accept(MutingFact fact, Moment moment) {
      if (fact instanceof Passed passed) {
        GroupNews told = passed.news();
        String key = told.groupKey() + '\n' + told.alert().alertId();
        groupNews.add(new Told<>(moment, key, told));
      } else if (fact instanceof Shown shown) {
        String before = mutedBy.put(shown.news().alertId(), shown.mutedBy());
        if (!shown.mutedBy().equals(before == null ? "" : before)) {
          lines.add(new Muted(moment.clock(), shown.news().state(), shown.mutedBy()));
        }
      }
    }
  }

  /** As a second stage does: by clock, then key; deadlines of a clock after what is told of it. */
  private <S, N, F> void gather(
      Gathering<S, N, F> rules, List<Told<N>> told, long until, BiConsumer<F, Moment> facts) {
    Map<String, List<Told<N>>> byKey = new TreeMap<>();
    told.stream()
        .sorted(Told.order())
        .forEach(one -> byKey.computeIfAbsent(stageKey(one), k -> new ArrayList<>()).add(one));
    byKey.forEach(
        (key, all) -> {
          S state = rules.initial(key);
          for (Told<N> one : all) {
            state = pass(rules, state, one.at.clock(), facts);
            if (rules.ended(state)) {
              state = rules.initial(key);
            }
            Gathered<S, F> gathered = rules.take(state, one.news, one.at);
            state = gathered.state();
            gathered.facts().forEach(fact -> facts.accept(fact, one.at));
          }
          pass(rules, state, until, facts);
        });
  }

  /** Of a group what is before its alert. */
  private static String stageKey(Told<?> told) {
    int between = told.key.lastIndexOf('\n');
    return between < 0 ? told.key : told.key.substring(0, between);
  }

  private <S, N, F> S pass(
      Gathering<S, N, F> rules, S before, long limit, BiConsumer<F, Moment> facts) {
    S state = before;
    while (!rules.ended(state) && rules.deadline(state) < limit) {
      Moment moment = at(rules.deadline(state));
      Gathered<S, F> gathered = rules.atDeadline(state, moment);
      state = gathered.state();
      gathered.facts().forEach(fact -> facts.accept(fact, moment));
    }
    return state;
  }

  /** What comes of the alerts of a key: lines, what they mute, and news. */
  private final class AlertLines implements AlertLife.Witness {
    @Override
    public void happened(
        AlertState before, Recorded<AlertEvent> recorded, AlertState after, long rules) {
      Moment at = recorded.at();
      lines.add(new Happened(at.clock(), after, recorded));
      Inhibition.changes(inhibitions(before), before, inhibitions(after), after)
          .forEach(mute -> mutes.add(new Told<>(at, mute.id(), mute)));
    }

    private List<Inhibition> inhibitions(AlertState of) {
      return byVersion.apply(of.policies()).inhibitions();
    }

    @Override
    public void told(String key, AlertNews told, Moment at) {
      news.add(new Told<>(at, key, told));
    }
  }

  /** One silence, as the job's shell drives it. */
  private final class SilenceLife {
    private final String key;
    private final SilenceRules rules = new SilenceRules();
    private SilenceState state;
    private SilenceVitals vitals = SilenceVitals.NONE;

    SilenceLife(String key) {
      this.key = key;
      this.state = SilenceState.none(key);
    }

    void hear(SilenceCommand command, Moment now) {
      pass(now.clock());
      if (rules.ended(state)) {
        state = SilenceState.none(key);
        vitals = SilenceVitals.NONE;
      }
      Decision<SilenceEvent> decision = rules.decide(state, vitals, command, now);
      if (decision instanceof Decision.Refused<SilenceEvent> refused) {
        lines.add(new Refused(now.clock(), key, refused.reasons()));
        return;
      }
      ((Decision.Accepted<SilenceEvent>) decision).events().forEach(event -> record(event, now));
    }

    void pass(long limit) {
      while (!rules.ended(state) && rules.deadline(vitals) < limit) {
        Moment now = at(rules.deadline(vitals));
        List<SilenceEvent> events = rules.atDeadline(state, vitals, now);
        events.forEach(event -> record(event, now));
        if (events.isEmpty()) {
          vitals = rules.projected(vitals, now);
        }
      }
    }

    private void record(SilenceEvent event, Moment now) {
      state =
          rules.evolve(
              state, new Recorded<>(state.version() + 1, now, now.logTime(), Cause.COMMAND, event));
      vitals = rules.projected(rules.mirror(vitals, state, now), now);
      mutes.add(new Told<>(now, key, state.mute()));
    }
  }
}
