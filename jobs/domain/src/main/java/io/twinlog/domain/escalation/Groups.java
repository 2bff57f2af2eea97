// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.GroupState.Counts;
import io.twinlog.domain.escalation.GroupState.Due;
import io.twinlog.domain.escalation.GroupState.Last;
import io.twinlog.domain.escalation.GroupState.Listed;
import io.twinlog.domain.escalation.Telling.Why;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts alerts for one target together, so that people are told once of what belongs together: after
 * a short wait when a group begins, at intervals while it changes, seldom while it lasts, and when
 * it is over. A group of too many tells how many they are. Times and words are those of Prometheus
 * Alertmanager, where it has them.
 */
public final class Groups implements Gathering<GroupState, GroupNews, Telling> {
  /** A folded group is told again when it has grown so many times over. */
  private static final int GROWTH = 2;

  @Override
  public GroupState initial(String key) {
    return GroupState.none(key);
  }

  @Override
  public Gathered<GroupState, Telling> take(GroupState before, GroupNews news, Moment now) {
    boolean begins = before.opened() < 0;
    Counts counts = before.counts().moved(news);
    List<Listed> members = new ArrayList<>(before.members());
    Due due = due(before, news, members);
    boolean told = due.fresh() > before.due().fresh() || due.resolved() > before.due().resolved();
    boolean reminds = due.reminder() && !before.due().reminder();
    boolean urgent = due.urgent() && !before.due().urgent();
    long flushAt =
        told || reminds || urgent
            ? Math.min(before.flushAt(), next(before, news, urgent, now))
            : before.flushAt();
    if (news.to() == Standing.FIRING && before.number() > 0) {
      // It may have had nobody to deal with for long: then it is repeated from here on.
      flushAt = Math.min(flushAt, repeat(before, news, now));
    }
    return Gathered.quietly(
        new GroupState(
            before.key(),
            news.target(),
            news.groupLabels(),
            begins ? now.clock() : before.opened(),
            begins ? now.logTime() : before.openedAt(),
            members,
            counts,
            before.folded() || counts.seen() > news.grouping().foldAbove(),
            before.number(),
            before.sentAt(),
            counts.all() == 0 && before.number() == 0 ? NEVER : flushAt,
            due,
            before.last(),
            news.grouping()));
  }

  private static long repeat(GroupState before, GroupNews news, Moment now) {
    Grouping grouping = news.grouping();
    return Math.max(now.clock() + grouping.delay(), before.sentAt() + grouping.repeat());
  }

  /** When to tell of it, at the latest. */
  private static long next(GroupState before, GroupNews news, boolean urgent, Moment now) {
    Grouping grouping = news.grouping();
    boolean hurry = urgent || news.urgent() && news.to().isSeen();
    long soon = now.clock() + (hurry ? grouping.urgentDelay() : grouping.delay());
    return before.number() == 0 || hurry
        ? soon
        : Math.max(soon, before.sentAt() + grouping.interval());
  }

  /** What is to be told after the news; lists the alert, changes it, or takes it off the list. */
  private static Due due(GroupState before, GroupNews news, List<Listed> members) {
    Due due = before.due();
    int at = indexOf(members, news.alert().alertId());
    Severity told = at >= 0 ? members.get(at).told() : null;
    boolean notified = at >= 0 ? told != null : before.number() > 0;
    if (news.to() == Standing.RESOLVED) {
      if (at >= 0 && notified) {
        members.set(at, new Listed(news.alert(), news.to(), told, news.overAt()));
      } else if (at >= 0) {
        members.remove(at);
      }
      int fresh = notified ? due.fresh() : Math.max(0, due.fresh() - 1);
      int resolved = notified ? due.resolved() + 1 : due.resolved();
      return new Due(fresh, due.reminder(), due.urgent(), due.step(), resolved);
    }
    if (at >= 0) {
      members.set(at, new Listed(news.alert(), news.to(), told, 0));
    } else if (members.size() < news.grouping().foldAbove()) {
      members.add(new Listed(news.alert(), news.to(), null, 0));
    }
    if (!news.to().isSeen()) {
      boolean leaves = news.from().isSeen() && !notified;
      int fresh = Math.max(0, due.fresh() - (leaves ? 1 : 0));
      return new Due(fresh, due.reminder(), due.urgent(), due.step(), due.resolved());
    }
    boolean joins = !news.from().isSeen() && !(at >= 0 && notified);
    // Whom its steps called meanwhile has not heard that it is worse.
    boolean worse =
        news.from() == Standing.MUTED
            && told != null
            && news.alert().severity().compareTo(told) > 0;
    boolean reminder = due.reminder() || (news.called() || worse) && !joins;
    return new Due(
        due.fresh() + (joins ? 1 : 0),
        reminder,
        due.urgent() || worse || news.urgent() && news.called(),
        Math.max(due.step(), news.called() ? news.step() : 0),
        due.resolved());
  }

  private static int indexOf(List<Listed> members, String alertId) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).alert().alertId().equals(alertId)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public long deadline(GroupState state) {
    return state.flushAt();
  }

  @Override
  public Gathered<GroupState, Telling> atDeadline(GroupState state, Moment now) {
    long quietUntil = state.sentAt() + state.grouping().repeat();
    boolean quiet = isOfNoMatter(state) || isUnchanged(state);
    if (quiet && quietUntil > now.clock()) {
      return Gathered.quietly(flushed(state, state.number(), state.sentAt(), quietUntil, false));
    }
    Why why = why(state);
    if (why == null) {
      return Gathered.quietly(flushed(state, state.number(), state.sentAt(), NEVER, true));
    }
    boolean lasts = state.counts().firing() > 0;
    long next = lasts ? now.clock() + state.grouping().repeat() : NEVER;
    Telling telling =
        new Telling(
            state,
            state.number() + 1,
            why,
            state.due().step(),
            state.due().urgent(),
            listed(state),
            now);
    GroupState after = flushed(state, state.number() + 1, now.clock(), next, true);
    return new Gathered<>(after, List.of(telling));
  }

  /** What was to be told has taken itself back. */
  private static boolean isUnchanged(GroupState state) {
    Due due = state.due();
    return state.number() > 0
        && state.counts().firing() > 0
        && due.fresh() == 0
        && due.resolved() == 0
        && !due.reminder();
  }

  /** One more, or one less, of very many. */
  private static boolean isOfNoMatter(GroupState state) {
    return state.folded()
        && state.number() > 0
        && !state.due().reminder()
        && state.counts().seen() > 0
        && state.counts().seen() < GROWTH * state.last().seen()
        && state.counts().worst().compareTo(state.last().worst()) <= 0;
  }

  /** Null: there is nothing to tell. */
  private static Why why(GroupState state) {
    boolean anyone = state.counts().seen() > 0;
    if (state.number() == 0) {
      return anyone ? Why.NEW : null;
    }
    if (!anyone) {
      return state.due().resolved() > 0 ? Why.RESOLVED : null;
    }
    if (state.due().fresh() > 0 || state.due().resolved() > 0) {
      return Why.CHANGED;
    }
    if (state.due().reminder()) {
      return Why.REMINDER;
    }
    return state.counts().firing() > 0 ? Why.REPEAT : null;
  }

  private static List<Listed> listed(GroupState state) {
    return state.members().stream()
        .filter(member -> member.standing().isSeen() || member.overAt() > 0)
        .toList();
  }

  /** What it is after its time has come. */
  private static GroupState flushed(
      GroupState state, int number, long sentAt, long flushAt, boolean told) {
    List<Listed> members = new ArrayList<>();
    for (Listed member : state.members()) {
      if (member.overAt() == 0) {
        boolean anew = told && member.standing().isSeen();
        Severity level = anew ? member.alert().severity() : member.told();
        members.add(new Listed(member.alert(), member.standing(), level, 0));
      } else if (!told) {
        members.add(member);
      }
    }
    return new GroupState(
        state.key(),
        state.target(),
        state.labels(),
        state.opened(),
        state.openedAt(),
        members,
        state.counts(),
        state.folded(),
        number,
        sentAt,
        flushAt,
        told ? Due.NOTHING : state.due(),
        told ? new Last(state.counts().seen(), state.counts().worst()) : state.last(),
        state.grouping());
  }

  @Override
  public boolean ended(GroupState state) {
    return state.opened() >= 0 && state.counts().all() == 0 && state.flushAt() == NEVER;
  }
}
