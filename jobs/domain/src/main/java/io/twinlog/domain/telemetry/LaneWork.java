// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

import java.util.Arrays;
import java.util.List;

/**
 * Makes a {@link Lane}'s next one out of it, and says what is to be told of its windows. It is used
 * again for each input and each deadline, so that none of them needs tracks of its own. Not for
 * threads to share.
 */
final class LaneWork {
  private final Means means;
  private final QualityRules.Statistics rules;
  private final Sketches sketches;
  private final WindowForm form;

  private Lane lane;
  private List<TelemetryFact> facts;
  private long newest;
  private long clock;
  private int untold;
  private long nextMove;
  private long nextOver;
  private long[] over;
  private int windowBytes;
  private boolean due;

  private final Tracks tracks = new Tracks();

  // Sums over the windows of hours and days, whether they were fetched, and whether windows are
  // unpacked; most inputs need none.
  private int hoursUntold;
  private long hoursMove;
  private long hoursOver;
  private int hoursBytes;
  private boolean minutesUnpacked;
  private boolean hoursUnpacked;
  private boolean hoursSummed;

  /** What it works with. */
  record Means(QualityRules.Statistics rules, Sketches sketches, WindowForm form) {}

  LaneWork(Means means) {
    this.means = means;
    this.rules = means.rules();
    this.sketches = means.sketches();
    this.form = means.form();
  }

  /**
   * From here on it works on this lane.
   *
   * @param told what is told of windows is added to them
   */
  LaneWork begin(Lane from, List<TelemetryFact> told) {
    lane = from;
    facts = told;
    newest = from.newest();
    clock = from.clock();
    untold = from.untold();
    nextMove = from.nextMove();
    nextOver = from.nextOver();
    over = from.over();
    windowBytes = from.windowBytes();
    due = false;
    minutesUnpacked = false;
    hoursUnpacked = false;
    hoursSummed = false;
    tracks.read(from);
    return this;
  }

  /** The lane as it is by now. */
  Lane lane() {
    return new Lane(
        newest,
        clock,
        untold,
        nextMove,
        nextOver,
        over,
        windowBytes,
        tracks.metrics(),
        tracks.pack(),
        minutesUnpacked ? tracks.packMinutes(form) : lane.minutes(),
        hoursUnpacked ? tracks.packHours(form) : lane.hours(),
        hoursUnpacked
            ? new Lane.OfHours(hoursUntold, hoursMove, hoursOver, hoursBytes)
            : lane.ofHours());
  }

  private void unpackMinutes() {
    if (!minutesUnpacked) {
      tracks.unpackMinutes(lane.minutes(), form);
      minutesUnpacked = true;
    }
  }

  private void sumHours() {
    if (!hoursSummed) {
      hoursUntold = lane.ofHours().untold();
      hoursMove = lane.ofHours().nextMove();
      hoursOver = lane.ofHours().nextOver();
      hoursBytes = lane.ofHours().bytes();
      hoursSummed = true;
    }
  }

  private void unpackHours() {
    if (!hoursUnpacked) {
      sumHours();
      tracks.unpackHours(lane.hours(), form);
      hoursUnpacked = true;
    }
  }

  /** Whether it had no record yet. */
  boolean isEmpty() {
    return newest == Long.MIN_VALUE;
  }

  /** Event time of its newest record. */
  long newest() {
    return newest;
  }

  /** The track of a metric; null: there is none. */
  Track track(String metric) {
    return tracks.of(metric);
  }

  /** A track for a metric that has none. */
  Track add(String metric) {
    // The windows stand in the order of the metrics.
    unpackMinutes();
    unpackHours();
    return tracks.add(metric);
  }

  /** Whether a track of the metric is there, or may be added. */
  boolean hasRoom(String metric, int metricsMax) {
    return tracks.size() < metricsMax || track(metric) != null;
  }

  /** Takes away the tracks that the lane did not have: the record counts nowhere. */
  void withoutNew() {
    if (tracks.size() > lane.metrics().length) {
      for (int i = tracks.size() - 1; i >= 0; i--) {
        if (lane.find(tracks.metric(i)) < 0) {
          tracks.remove(i);
        }
      }
    }
  }

  /** A record of this time has come, at this clock. */
  void at(long time, long clock) {
    this.newest = Math.max(newest, time);
    this.clock = Math.max(this.clock, clock);
    due |= newest >= nextMove;
  }

  /** Whether windows of this time are closed for good, of at least one size. */
  boolean isTooLate(long time) {
    for (WindowSize size : WindowSize.ALL) {
      if (isOver(size, size.start(time))) {
        return true;
      }
    }
    return false;
  }

  private boolean isOver(WindowSize size, long start) {
    return start < over[size.ordinal()]
        || start + size.millis() + rules.lateness() + rules.keep() <= newest;
  }

  /** A number that counts, in each of its windows that is not closed for good. */
  void count(Track track, double value, long time) {
    long minute = WindowSize.MINUTE.start(time);
    if (isTooLate(time)) {
      countLate(track, value, time);
      return;
    }
    if (!track.pending().hasRoomIn(minute)) {
      open(track, minute);
    }
    track.pending().add(value, time);
    windowBytes += Pending.VALUE_BYTES * WindowSize.ALL.length;
    moves(minute + WindowSize.MINUTE.millis() + rules.lateness());
  }

  /** From here on values of a minute may be pending: its windows are there and have room. */
  private void open(Track track, long minute) {
    unpackMinutes();
    track.settleMinute(sketches);
    boolean open = track.pending().isOpenIn(WindowSize.HOUR.start(minute));
    if (!open || track.pending().isFull()) {
      settleHours(track);
    }
    openMinute(track, minute);
    if (!open) {
      for (WindowSize size : WindowSize.LONG) {
        track.keepHours(opened(track.hours(), size, minute));
      }
    }
    track.pending().startMinute(minute, Window.room(track.minutes(), minute), true);
  }

  private void settleHours(Track track) {
    unpackHours();
    int pending = track.pending().windowBytes();
    int grown = track.settleHours(sketches);
    hoursBytes += grown;
    windowBytes += grown - pending;
  }

  private void openMinute(Track track, long time) {
    if (time < track.shelf().to()) {
      unshelve(track);
    }
    track.keepMinutes(opened(track.minutes(), WindowSize.MINUTE, time), track.shelf());
  }

  /** With the window of this time, with something to be told and room for a value. */
  private Window[] opened(Window[] windows, WindowSize size, long time) {
    int at = Window.find(windows, size, size.start(time));
    Window before = at >= 0 ? windows[at] : null;
    Window after = before == null ? Window.open(size, size.start(time)) : before.opened(sketches);
    long closes = after.end() + rules.lateness();
    int more = before == null || before.told() ? 1 : 0;
    untold += more;
    if (size != WindowSize.MINUTE) {
      hoursUntold += more;
      hoursMove = Math.min(hoursMove, closes);
      hoursOver = Math.min(hoursOver, closes + rules.keep());
    }
    grows(size, after.bytes() - (before == null ? 0 : before.bytes()));
    moves(closes);
    if (before == null) {
      return Window.with(windows, after, -at - 1);
    }
    Window[] others = windows.clone();
    others[at] = after;
    return others;
  }

  private void grows(WindowSize size, int bytes) {
    windowBytes += bytes;
    hoursBytes += size == WindowSize.MINUTE ? 0 : bytes;
  }

  /** One of which some windows are closed for good. */
  private void countLate(Track track, double value, long time) {
    unpackMinutes();
    track.settleMinute(sketches);
    settleHours(track);
    if (!isOver(WindowSize.MINUTE, WindowSize.MINUTE.start(time))) {
      openMinute(track, time);
      track.keepMinutes(withLate(track.minutes(), WindowSize.MINUTE, value, time), track.shelf());
    }
    for (WindowSize size : WindowSize.LONG) {
      if (!isOver(size, size.start(time))) {
        track.keepHours(withLate(opened(track.hours(), size, time), size, value, time));
      }
    }
    track.pending().startMinute(track.pending().minute(), 0, false);
  }

  private Window[] withLate(Window[] windows, WindowSize size, double value, long time) {
    int at = Window.find(windows, size, size.start(time));
    Window[] others = windows.clone();
    others[at] = windows[at].with(value, time, sketches);
    grows(size, others[at].bytes() - windows[at].bytes());
    return others;
  }

  private void unshelve(Track track) {
    Window[] told = form.unpack(track.shelf().packed());
    Window[] all = Arrays.copyOf(told, told.length + track.minutes().length);
    System.arraycopy(track.minutes(), 0, all, told.length, track.minutes().length);
    for (Window window : told) {
      windowBytes += window.bytes();
    }
    windowBytes -= track.shelf().packed().length;
    track.keepMinutes(all, Shelf.EMPTY);
  }

  /** A window that closes then has something to be told. */
  private void moves(long closes) {
    nextMove = Math.min(nextMove, closes);
    nextOver = Math.min(nextOver, closes + rules.keep());
    due |= closes <= newest;
  }

  /** Tells of the windows that the newest record has passed, and closes what must make room. */
  void close(int windowBytesMax) {
    // What is told goes on a shelf, where it takes less.
    if (due || windowBytes > windowBytesMax) {
      sweep(newest, false);
    }
    while (windowBytes > windowBytesMax) {
      long ends = oldestEnd() + rules.lateness() + rules.keep();
      sweep(newest, Math.max(newest, ends), false);
    }
  }

  private long oldestEnd() {
    unpackMinutes();
    unpackHours();
    long oldest = NEVER;
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      Shelf shelf = track.shelf();
      oldest = shelf.isEmpty() ? oldest : Math.min(oldest, shelf.firstEnd());
      oldest = Math.min(oldest, Math.min(first(track.minutes()), first(track.hours())));
    }
    return oldest;
  }

  /** When the first of them ends. */
  private static long first(Window[] windows) {
    long first = NEVER;
    for (Window window : windows) {
      first = Math.min(first, window.end());
    }
    return first;
  }

  /** The device has been silent until this clock; its event time goes on with it. */
  void silence(long clock) {
    sweep(newest + Math.max(0, clock - this.clock), clock >= this.clock + rules.lateness());
  }

  /** Closes all windows for good: nothing will be kept of them. */
  void end() {
    sweep(NEVER, true);
  }

  /**
   * Tells of every window that is to be told at this event time, or of all that have changed, and
   * drops those that are closed for good.
   */
  private void sweep(long time, boolean all) {
    sweep(time, time, all);
  }

  /**
   * The same.
   *
   * @param ends event time at which windows are closed for good
   */
  private void sweep(long time, long ends, boolean all) {
    sumHours();
    boolean withHours = all || ends > time || time >= hoursMove;
    unpackMinutes();
    if (withHours) {
      unpackHours();
    }
    Sweep sweep = new Sweep(means, facts, over, new Sweep.Extent(time, ends, all, withHours));
    for (int i = 0; i < tracks.size(); i++) {
      sweep.through(tracks.metric(i), tracks.get(i));
    }
    if (withHours) {
      hoursUntold = sweep.ofHours.untold;
      hoursMove = sweep.ofHours.nextMove;
      hoursOver = sweep.ofHours.nextOver;
      hoursBytes = sweep.ofHours.bytes;
    }
    due = false;
    untold = sweep.ofMinutes.untold + hoursUntold;
    nextMove = Math.min(sweep.ofMinutes.nextMove, hoursMove);
    nextOver = Math.min(sweep.ofMinutes.nextOver, hoursOver);
    over = sweep.over;
    windowBytes = sweep.ofMinutes.bytes + hoursBytes;
    for (int i = tracks.size() - 1; i >= 0; i--) {
      if (isIdle(tracks.get(i))) {
        unpackHours();
        tracks.remove(i);
      }
    }
  }

  /** Nothing is in it, and nothing was for long: its place is free for another metric. */
  private boolean isIdle(Track track) {
    return track.hasNoWindow()
        && Math.max(track.seen().time(), track.lastTime()) < newest - Track.IDLE;
  }
}
