// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.List;

/**
 * Makes a {@link Lane}'s next one out of it, and says what is to be told of its windows. Lives for
 * one input, or one deadline.
 */
final class LaneWork {
  private static final WindowSize[] SIZES = WindowSize.values();

  private final QualityRules.Statistics rules;
  private final Sketches sketches;
  private final List<TelemetryFact> facts;

  private Lane lane;
  private boolean ownTracks;
  private boolean due;

  /**
   * @param facts what is told of windows is added to them
   */
  LaneWork(Lane lane, QualityRules.Statistics rules, Sketches sketches, List<TelemetryFact> facts) {
    this.lane = lane;
    this.rules = rules;
    this.sketches = sketches;
    this.facts = facts;
  }

  /** The lane as it is by now. */
  Lane lane() {
    return lane;
  }

  /** The track of a metric, a new one where there is none. It is not in the lane yet. */
  Track track(String metric) {
    int at = lane.find(metric);
    return at >= 0 ? lane.tracks()[at] : Track.of(metric);
  }

  /** Whether a track of the metric is there, or may be added. */
  boolean hasRoom(String metric, int metricsMax) {
    return lane.tracks().length < metricsMax || lane.find(metric) >= 0;
  }

  void put(Track track) {
    int at = lane.find(track.metric());
    Track[] tracks = lane.tracks();
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
    lane = with(lane, tracks);
  }

  private static Lane with(Lane lane, Track[] tracks) {
    return new Lane(
        lane.newest(),
        lane.clock(),
        lane.untold(),
        lane.nextMove(),
        lane.nextOver(),
        lane.over(),
        lane.windowBytes(),
        tracks);
  }

  /** A record of this time has come, at this clock. */
  void at(long time, long clock) {
    lane =
        new Lane(
            Math.max(lane.newest(), time),
            Math.max(lane.clock(), clock),
            lane.untold(),
            lane.nextMove(),
            lane.nextOver(),
            lane.over(),
            lane.windowBytes(),
            lane.tracks());
    due |= lane.newest() >= lane.nextMove();
  }

  /** Whether windows of this time are closed for good, of at least one size. */
  boolean isTooLate(long time) {
    for (WindowSize size : SIZES) {
      if (isOver(size, size.start(time))) {
        return true;
      }
    }
    return false;
  }

  private boolean isOver(WindowSize size, long start) {
    return start < lane.over()[size.ordinal()]
        || start + size.millis() + rules.lateness() + rules.keep() <= lane.newest();
  }

  /** A number that counts, in each of its windows that is not closed for good. */
  Track counted(Track track, double value, long time) {
    Track changed = track;
    for (WindowSize size : SIZES) {
      long start = size.start(time);
      if (!isOver(size, start)) {
        changed = counted(changed, size, start, value, time);
      }
    }
    return changed;
  }

  private Track counted(Track track, WindowSize size, long start, double value, long time) {
    int at = track.find(size, start);
    Window before = at >= 0 ? track.windows()[at] : Window.open(size, start);
    Window after = before.with(value, time, sketches);
    boolean newlyUntold = at < 0 || before.told();
    long closes = after.end() + rules.lateness();
    lane =
        new Lane(
            lane.newest(),
            lane.clock(),
            lane.untold() + (newlyUntold ? 1 : 0),
            Math.min(lane.nextMove(), closes),
            Math.min(lane.nextOver(), closes + rules.keep()),
            lane.over(),
            lane.windowBytes() + after.bytes() - (at >= 0 ? before.bytes() : 0),
            lane.tracks());
    due |= closes <= lane.newest();
    return track.put(after);
  }

  /** Tells of the windows that the newest record has passed, and closes what must make room. */
  void close(int windowBytesMax) {
    if (due) {
      sweep(lane.newest(), false);
    }
    while (lane.windowBytes() > windowBytesMax) {
      sweep(Math.max(lane.newest(), oldestEnd() + rules.lateness() + rules.keep()), false);
    }
  }

  private long oldestEnd() {
    long oldest = NEVER;
    for (Track track : lane.tracks()) {
      for (Window window : track.windows()) {
        oldest = Math.min(oldest, window.end());
      }
    }
    return oldest;
  }

  /** The device has been silent until this clock. */
  void silence(long clock) {
    sweep(lane.timeAt(clock), clock >= lane.clock() + rules.lateness());
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
    Sweep sweep = new Sweep(time, all, lane.over().clone());
    Track[] tracks = lane.tracks().clone();
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = tracks[i].with(sweep.windows(tracks[i]));
    }
    ownTracks = true;
    due = false;
    lane =
        new Lane(
            lane.newest(),
            lane.clock(),
            sweep.untold,
            sweep.nextMove,
            sweep.nextOver,
            sweep.over,
            sweep.bytes,
            tracks);
  }

  /** One look at all windows of a lane. */
  private final class Sweep {
    private final long time;
    private final boolean all;
    private final long[] over;
    private int untold;
    private long nextMove = NEVER;
    private long nextOver = NEVER;
    private int bytes;

    Sweep(long time, boolean all, long[] over) {
      this.time = time;
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
        if (closes + rules.keep() <= time) {
          tell(track.metric(), window, true);
          int size = window.size().ordinal();
          over[size] = Math.max(over[size], window.end());
        } else {
          boolean tells = !window.told() && (all || closes <= time);
          left[count++] = keep(tells ? tell(track.metric(), window, false) : window);
        }
      }
      return count == before.length ? left : java.util.Arrays.copyOf(left, count);
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
