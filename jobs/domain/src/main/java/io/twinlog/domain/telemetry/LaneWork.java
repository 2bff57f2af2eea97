// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a {@link Lane}'s next one out of it, and says what is to be told of its windows. Lives for
 * one input, or one deadline.
 */
final class LaneWork {
  private final QualityRules.Statistics rules;
  private final Sketches sketches;
  private final List<TelemetryFact> facts;

  // What is different from the lane, until somebody asks for it: an input moves most of it.
  private Lane lane;
  private boolean changed;
  private long newest;
  private long clock;
  private int untold;
  private long nextMove;
  private long nextOver;
  private long[] over;
  private int windowBytes;
  private Track[] tracks;
  private boolean ownTracks;
  private boolean due;

  /**
   * @param facts what is told of windows is added to them
   */
  LaneWork(Lane lane, QualityRules.Statistics rules, Sketches sketches, List<TelemetryFact> facts) {
    this.lane = lane;
    this.newest = lane.newest();
    this.clock = lane.clock();
    this.untold = lane.untold();
    this.nextMove = lane.nextMove();
    this.nextOver = lane.nextOver();
    this.over = lane.over();
    this.windowBytes = lane.windowBytes();
    this.tracks = lane.tracks();
    this.rules = rules;
    this.sketches = sketches;
    this.facts = facts;
  }

  /** The lane as it is by now. */
  Lane lane() {
    if (changed) {
      lane = new Lane(newest, clock, untold, nextMove, nextOver, over, windowBytes, tracks);
      changed = false;
      // From here on they are the lane's.
      ownTracks = false;
    }
    return lane;
  }

  /** The track of a metric, a new one where there is none. It is not in the lane yet. */
  Track track(String metric) {
    int at = Lane.find(tracks, metric);
    return at >= 0 ? tracks[at] : Track.of(metric);
  }

  /** Whether a track of the metric is there, or may be added. */
  boolean hasRoom(String metric, int metricsMax) {
    return tracks.length < metricsMax || Lane.find(tracks, metric) >= 0;
  }

  /** Takes away the tracks that the lane did not have: the record counts nowhere. */
  void withoutNew() {
    if (tracks.length > lane.tracks().length) {
      keep(track -> lane.find(track.metric()) >= 0);
    }
  }

  private void keep(Predicate<Track> kept) {
    tracks = Arrays.stream(tracks).filter(kept).toArray(Track[]::new);
    ownTracks = true;
    changed = true;
  }

  void put(Track track) {
    int at = Lane.find(tracks, track.metric());
    if (at >= 0) {
      tracks = ownTracks ? tracks : tracks.clone();
      tracks[at] = track;
    } else {
      int to = -at - 1;
      Track[] more = new Track[tracks.length + 1];
      System.arraycopy(tracks, 0, more, 0, to);
      more[to] = track;
      System.arraycopy(tracks, to, more, to + 1, tracks.length - to);
      tracks = more;
    }
    ownTracks = true;
    changed = true;
  }

  /** A record of this time has come, at this clock. */
  void at(long time, long clock) {
    this.newest = Math.max(newest, time);
    this.clock = Math.max(this.clock, clock);
    changed = true;
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
  Track counted(Track track, double value, long time) {
    long minute = WindowSize.MINUTE.start(time);
    if (track.pending().hasRoomIn(minute) && !isTooLate(time)) {
      moves(minute + WindowSize.MINUTE.millis() + rules.lateness());
      windowBytes += Pending.BYTES;
      return track.with(track.settled(), track.pending().with(value, time));
    }
    Window[] windows = track.pending().in(track.settled());
    int room = Tally.RECENT_MAX;
    for (WindowSize size : WindowSize.ALL) {
      long start = size.start(time);
      if (isOver(size, start)) {
        room = 0;
      } else {
        int at = Track.find(windows, size, start);
        windows = at >= 0 ? windows : Track.with(windows, Window.open(size, start), -at - 1);
        int place = at >= 0 ? at : -at - 1;
        Window before = windows[place];
        windows[place] = before.with(value, time, sketches);
        counted(before, windows[place], at < 0);
        room = Math.min(room, Tally.RECENT_MAX - windows[place].tally().recent().length);
      }
    }
    return track.with(windows, Pending.of(minute, room));
  }

  private void counted(Window before, Window after, boolean isNew) {
    untold += isNew || before.told() ? 1 : 0;
    windowBytes += after.bytes() - (isNew ? 0 : before.bytes());
    moves(after.end() + rules.lateness());
  }

  /** A window that closes then has something to be told. */
  private void moves(long closes) {
    nextMove = Math.min(nextMove, closes);
    nextOver = Math.min(nextOver, closes + rules.keep());
    due |= closes <= newest;
    changed = true;
  }

  /** Tells of the windows that the newest record has passed, and closes what must make room. */
  void close(int windowBytesMax) {
    if (due) {
      sweep(newest, false);
    }
    while (windowBytes > windowBytesMax) {
      long ends = oldestEnd() + rules.lateness() + rules.keep();
      sweep(newest, Math.max(newest, ends), false);
    }
  }

  private long oldestEnd() {
    long oldest = NEVER;
    for (Track track : tracks) {
      for (Window window : track.settled()) {
        oldest = Math.min(oldest, window.end());
      }
    }
    return oldest;
  }

  /** The device has been silent until this clock. */
  void silence(long clock) {
    sweep(lane().timeAt(clock), clock >= this.clock + rules.lateness());
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
    Sweep sweep = new Sweep(time, ends, all, over.clone());
    tracks = ownTracks ? tracks : tracks.clone();
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = settled(tracks[i], sweep.windows(tracks[i]));
    }
    ownTracks = true;
    changed = true;
    due = false;
    untold = sweep.untold;
    nextMove = sweep.nextMove;
    nextOver = sweep.nextOver;
    over = sweep.over;
    windowBytes = sweep.bytes;
    if (Arrays.stream(tracks).anyMatch(this::isIdle)) {
      keep(track -> !isIdle(track));
    }
  }

  /** Nothing is in it, and nothing was for long: its place is free for another metric. */
  private boolean isIdle(Track track) {
    return track.settled().length == 0
        && Math.max(track.seen().time(), track.lastTime()) < newest - Track.IDLE;
  }

  private static Track settled(Track track, Window[] windows) {
    return track.with(windows, track.pending().beside(windows));
  }

  /** One look at all windows of a lane. */
  private final class Sweep {
    private final long time;
    private final long ends;
    private final boolean all;
    private final long[] over;
    private int untold;
    private long nextMove = NEVER;
    private long nextOver = NEVER;
    private int bytes;

    Sweep(long time, long ends, boolean all, long[] over) {
      this.time = time;
      this.ends = ends;
      this.all = all;
      this.over = over;
    }

    /** Those of a track that are left. */
    Window[] windows(Track track) {
      Window[] before = track.windows();
      Window[] left = new Window[before.length];
      int count = 0;
      for (Window window : before) {
        long closes = window.end() + rules.lateness();
        if (closes + rules.keep() <= ends) {
          tell(track.metric(), window, true);
          int size = window.size().ordinal();
          over[size] = Math.max(over[size], window.end());
        } else {
          boolean tells = !window.told() && (all || closes <= time);
          left[count++] = keep(tells ? tell(track.metric(), window, false) : window);
        }
      }
      return count == before.length ? left : Arrays.copyOf(left, count);
    }

    private Window keep(Window window) {
      long closes = window.end() + rules.lateness();
      untold += window.told() ? 0 : 1;
      bytes += window.bytes();
      nextMove = Math.min(nextMove, window.told() ? closes + rules.keep() : closes);
      nextOver = Math.min(nextOver, closes + rules.keep());
      return window;
    }

    private Window tell(String metric, Window window, boolean last) {
      Window told = window.toldAgain();
      facts.add(
          new WindowTold(
              metric,
              window.size(),
              window.start(),
              told.revision(),
              last,
              Statistics.of(window.tally(), sketches)));
      return told;
    }
  }
}
