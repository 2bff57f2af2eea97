// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertNews.Call;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.GroupNews.Member;
import io.twinlog.domain.escalation.MutingFact.Hidden;
import io.twinlog.domain.escalation.MutingFact.Passed;
import io.twinlog.domain.escalation.MutingFact.Shown;
import io.twinlog.domain.escalation.ToldAlert.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides which alerts people are told of: not of those that are snoozed, silenced, or explained by
 * another one. What is muted is recorded, and told when nothing mutes it any more. Key: that of the
 * alert. It knows no groups.
 */
public final class Muting implements Gathering<ToldAlert, AlertNews, MutingFact> {
  /** What an alert that somebody put off is muted by. */
  public static final String SNOOZE = "snooze";

  private final Mutes mutes;
  private final long checkEvery;

  /**
   * @param mutes what holds at each clock
   * @param checkEvery ms of the clock after which it is looked again what mutes an alert
   */
  public Muting(Mutes mutes, long checkEvery) {
    this.mutes = mutes;
    this.checkEvery = checkEvery;
  }

  @Override
  public ToldAlert initial(String key) {
    return ToldAlert.NONE;
  }

  @Override
  public Gathered<ToldAlert, MutingFact> take(ToldAlert before, AlertNews news, Moment now) {
    List<MutingFact> facts = new ArrayList<>();
    if (news.gone() > 0) {
      facts.add(new Hidden(news.state().key() + '-' + news.gone()));
    }
    if (!news.state().isShown()) {
      return new Gathered<>(new ToldAlert(quiet(news), new TreeMap<>(), "", NEVER), facts);
    }
    boolean another =
        before.news() == null || before.news().state().opening() != news.state().opening();
    Map<String, Told> told = another ? Map.of() : before.told();
    return judged(news, told, now, facts);
  }

  /** Calls are heard once. */
  private static AlertNews quiet(AlertNews news) {
    return news.calls().isEmpty()
        ? news
        : new AlertNews(
            news.state(), news.count(), news.lastAt(), List.of(), news.gone(), news.grouping());
  }

  private Gathered<ToldAlert, MutingFact> judged(
      AlertNews news, Map<String, Told> known, Moment now, List<MutingFact> facts) {
    Optional<Mute> mute = mute(news.state(), now.clock());
    String mutedBy = mute.map(Mute::by).orElse("");
    facts.add(new Shown(news, mutedBy));
    TreeMap<String, Told> told = new TreeMap<>(known);
    for (Call call : news.calls()) {
      told.merge(
          call.target(),
          new Told(call.step(), call.urgent(), Standing.OUT, Severity.LOW),
          (old, more) ->
              new Told(
                  Math.max(old.step(), more.step()),
                  more.step() > 0 ? more.urgent() : old.urgent(),
                  old.standing(),
                  old.severity()));
    }
    Standing standing = standing(news.state(), !mutedBy.isEmpty());
    told.replaceAll((target, one) -> pass(news, target, one, standing, now, facts));
    told.values().removeIf(one -> one.standing() == Standing.RESOLVED);
    return new Gathered<>(
        new ToldAlert(quiet(news), told, mutedBy, checkAt(news, told, mute, now)), facts);
  }

  private Optional<Mute> mute(AlertState state, long clock) {
    if (!state.phase().isActive()) {
      return Optional.empty();
    }
    if (state.snoozedUntil() > clock) {
      // Its end is news of its own.
      return Optional.of(new Mute(SNOOZE, SNOOZE, List.of(), NEVER));
    }
    String alertId = state.key() + '-' + state.opening();
    return mutes.of(alertId, Inhibition.labels(state), clock);
  }

  private static Standing standing(AlertState state, boolean muted) {
    if (!state.phase().isActive()) {
      return Standing.RESOLVED;
    }
    if (muted) {
      return Standing.MUTED;
    }
    return state.phase() == Phase.ACKNOWLEDGED ? Standing.ACKNOWLEDGED : Standing.FIRING;
  }

  /** Tells a group what has changed for it. What it never heard of need not be told as over. */
  private static Told pass(
      AlertNews news,
      String target,
      Told before,
      Standing standing,
      Moment now,
      List<MutingFact> facts) {
    AlertState state = news.state();
    boolean called = news.calls().stream().anyMatch(call -> call.target().equals(target));
    boolean unheard = before.standing() == Standing.OUT && !standing.isSeen();
    boolean same = before.standing() == standing && before.severity() == state.level();
    if (unheard || same && !called) {
      Standing kept = unheard && standing != Standing.RESOLVED ? Standing.OUT : standing;
      return new Told(before.step(), before.urgent(), kept, before.severity());
    }
    facts.add(
        new Passed(
            new GroupNews(
                target,
                before.step(),
                before.urgent(),
                called || before.standing() == Standing.OUT,
                before.standing(),
                standing,
                before.severity(),
                Member.of(state),
                news.grouping(),
                standing == Standing.RESOLVED ? now.logTime() : 0)));
    return new Told(before.step(), before.urgent(), standing, state.level());
  }

  /**
   * Of an alert that nobody is told of, it does not matter what mutes it, unless it is shown so.
   */
  private long checkAt(
      AlertNews news, TreeMap<String, Told> told, Optional<Mute> mute, Moment now) {
    boolean matters = news.state().phase().isActive() && (!told.isEmpty() || mute.isPresent());
    if (!matters) {
      return NEVER;
    }
    long again = now.clock() + checkEvery;
    return mute.map(reason -> Math.min(reason.until(), again)).orElse(again);
  }

  @Override
  public long deadline(ToldAlert state) {
    return state.checkAt();
  }

  /** Looks again what mutes it; nothing is written where it is the same. */
  @Override
  public Gathered<ToldAlert, MutingFact> atDeadline(ToldAlert before, Moment now) {
    Gathered<ToldAlert, MutingFact> judged =
        judged(before.news(), before.told(), now, new ArrayList<>());
    if (!judged.state().mutedBy().equals(before.mutedBy())) {
      return judged;
    }
    return new Gathered<>(
        judged.state(), judged.facts().stream().filter(fact -> !(fact instanceof Shown)).toList());
  }

  @Override
  public boolean ended(ToldAlert state) {
    return state.news() != null && !state.news().state().isShown();
  }
}
