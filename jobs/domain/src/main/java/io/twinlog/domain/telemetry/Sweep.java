// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.Arrays;
import java.util.List;

/**
 * One look at all windows of a lane: tells of each that is to be told at an event time, or of all
 * that have changed, drops those that are closed for good, and adds up what is left.
 */
final class Sweep {
  private final LaneWork.Means means;
  private final List<TelemetryFact> facts;
  private final long time;
  private final long ends;
  private final boolean all;

  /** As {@link Lane#over}, after it. */
  final long[] over;

  /** As {@link Lane#untold}, after it. */
  int untold;

  /** As {@link Lane#nextMove}, after it. */
  long nextMove = NEVER;

  /** As {@link Lane#nextOver}, after it. */
  long nextOver = NEVER;

  /** As {@link Lane#windowBytes}, after it. */
  int bytes;

  /**
   * Begins one.
   *
   * @param facts what is told is added to them
   * @param over of the lane; it is not changed
   * @param ends event time at which windows are closed for good; at or after {@code time}
   */
  Sweep(
      LaneWork.Means means,
      List<TelemetryFact> facts,
      long[] over,
      long time,
      long ends,
      boolean all) {
    this.means = means;
    this.facts = facts;
    this.over = over.clone();
    this.time = time;
    this.ends = ends;
    this.all = all;
  }

  /** Those of a metric. What is pending stays so where its windows stay as they are. */
  void through(String metric, Track track) {
    long minute = track.minute();
    boolean settles = all || minute + WindowSize.MINUTE.millis() + means.rules().lateness() <= ends;
    if (settles) {
      track.settle();
    }
    Shelf shelf = shelf(metric, track.shelf());
    Window[] before = track.open();
    Window[] left = new Window[before.length];
    int count = 0;
    for (Window window : before) {
      long closes = window.end() + means.rules().lateness();
      if (closes + means.rules().keep() <= ends) {
        over(metric, window);
      } else {
        boolean tells = !window.told() && (all || closes <= time);
        left[count++] = tells ? tell(metric, window, false) : window;
      }
    }
    int told = 0;
    while (told < count && left[told].isShelved()) {
      told++;
    }
    track.keep(Arrays.copyOfRange(left, told, count), shelf.with(left, told, means.form()));
    count(track);
    if (settles) {
      track.pendIn(minute, Window.room(track.open(), minute));
    }
  }

  /** Of a shelf what is left. */
  private Shelf shelf(String metric, Shelf before) {
    byte[] packed = before.packed();
    int place = 0;
    while (place < packed.length) {
      Window window = means.form().at(packed, place);
      if (window.end() + means.rules().lateness() + means.rules().keep() > ends) {
        break;
      }
      over(metric, window);
      place = means.form().after(packed, place);
    }
    return place == 0 ? before : before.from(place, means.form());
  }

  private void over(String metric, Window window) {
    tell(metric, window, true);
    int size = window.size().ordinal();
    over[size] = Math.max(over[size], window.end());
  }

  private void count(Track track) {
    Shelf shelf = track.shelf();
    bytes += shelf.packed().length + track.pendingCount() * Track.PENDING_BYTES;
    if (!shelf.isEmpty()) {
      long closed = shelf.firstEnd() + means.rules().lateness() + means.rules().keep();
      nextMove = Math.min(nextMove, closed);
      nextOver = Math.min(nextOver, closed);
    }
    for (Window window : track.open()) {
      count(window);
    }
  }

  private void count(Window window) {
    long closes = window.end() + means.rules().lateness();
    untold += window.told() ? 0 : 1;
    bytes += window.bytes();
    nextMove = Math.min(nextMove, window.told() ? closes + means.rules().keep() : closes);
    nextOver = Math.min(nextOver, closes + means.rules().keep());
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
