// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.Arrays;
import java.util.List;

/**
 * One look at the windows of a lane: tells of each that is to be told at an event time, or of all
 * that have changed, drops those that are closed for good, and adds up what is left. Those of hours
 * and days are left out where none of them moves.
 */
final class Sweep {
  private final LaneWork.Means means;
  private final List<TelemetryFact> facts;
  private final long time;
  private final long ends;
  private final boolean all;
  private final boolean withHours;

  /** As {@link Lane#over}, after it. */
  final long[] over;

  /** Of what stays of the windows of a minute, and of what is pending. */
  final Sums ofMinutes = new Sums();

  /** Of what stays of the others. */
  final Sums ofHours = new Sums();

  /** As {@link Lane} has them. */
  static final class Sums {
    int untold;
    long nextMove = NEVER;
    long nextOver = NEVER;
    int bytes;
  }

  /**
   * What a sweep is about.
   *
   * @param ends event time at which windows are closed for good; at or after {@code time}
   * @param all whether all is told that has changed
   * @param withHours whether windows of hours and days may move; they are unpacked then
   */
  record Extent(long time, long ends, boolean all, boolean withHours) {}

  /**
   * Begins one.
   *
   * @param facts what is told is added to them
   * @param over of the lane; it is not changed
   */
  Sweep(LaneWork.Means means, List<TelemetryFact> facts, long[] over, Extent extent) {
    this.means = means;
    this.facts = facts;
    this.over = over.clone();
    this.time = extent.time();
    this.ends = extent.ends();
    this.all = extent.all();
    this.withHours = extent.withHours();
  }

  /** Those of a metric. What is pending stays so where its windows stay as they are. */
  void through(String metric, Track track) {
    long minute = track.pending().minute();
    boolean open = track.pending().isOpenIn(WindowSize.HOUR.start(minute));
    boolean settles = withHours || closes(minute + WindowSize.MINUTE.millis()) <= ends;
    if (settles) {
      track.settleMinute(means.sketches());
    }
    if (withHours) {
      track.settleHours(means.sketches());
    }
    Shelf shelf = shelf(metric, track.shelf());
    Window[] left = left(metric, track.minutes());
    int told = 0;
    while (told < left.length && left[told].told()) {
      told++;
    }
    track.keepMinutes(
        Arrays.copyOfRange(left, told, left.length), shelf.with(left, told, means.form()));
    count(track);
    if (withHours) {
      track.keepHours(left(metric, track.hours()));
      for (Window window : track.hours()) {
        count(window, ofHours);
      }
      open =
          isOpen(track.hours(), WindowSize.HOUR, minute)
              && isOpen(track.hours(), WindowSize.DAY, minute);
    }
    if (settles) {
      track.pending().startMinute(minute, Window.room(track.minutes(), minute), open);
    }
  }

  private long closes(long end) {
    return end + means.rules().lateness();
  }

  private static boolean isOpen(Window[] windows, WindowSize size, long time) {
    int at = Window.find(windows, size, size.start(time));
    return at >= 0 && !windows[at].told();
  }

  /** Of a shelf what is left. */
  private Shelf shelf(String metric, Shelf before) {
    byte[] packed = before.packed();
    int place = 0;
    while (place < packed.length) {
      Window window = means.form().at(packed, place);
      if (closes(window.end()) + means.rules().keep() > ends) {
        break;
      }
      over(metric, window);
      place = means.form().after(packed, place);
    }
    return place == 0 ? before : before.from(place, means.form());
  }

  private Window[] left(String metric, Window[] before) {
    Window[] left = new Window[before.length];
    int count = 0;
    for (Window window : before) {
      long closes = closes(window.end());
      if (closes + means.rules().keep() <= ends) {
        over(metric, window);
      } else {
        boolean tells = !window.told() && (all || closes <= time);
        left[count++] = tells ? tell(metric, window, false) : window;
      }
    }
    return count == left.length ? left : Arrays.copyOf(left, count);
  }

  private void over(String metric, Window window) {
    tell(metric, window, true);
    int size = window.size().ordinal();
    over[size] = Math.max(over[size], window.end());
  }

  private void count(Track track) {
    Shelf shelf = track.shelf();
    ofMinutes.bytes += shelf.packed().length + track.pending().windowBytes();
    if (!shelf.isEmpty()) {
      long closed = closes(shelf.firstEnd()) + means.rules().keep();
      ofMinutes.nextMove = Math.min(ofMinutes.nextMove, closed);
      ofMinutes.nextOver = Math.min(ofMinutes.nextOver, closed);
    }
    for (Window window : track.minutes()) {
      count(window, ofMinutes);
    }
  }

  private void count(Window window, Sums sums) {
    long closes = closes(window.end());
    long closed = closes + means.rules().keep();
    sums.untold += window.told() ? 0 : 1;
    sums.bytes += window.bytes();
    sums.nextMove = Math.min(sums.nextMove, window.told() ? closed : closes);
    sums.nextOver = Math.min(sums.nextOver, closed);
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
            Statistics.of(window.tally(), means.sketches())));
    return told;
  }
}
