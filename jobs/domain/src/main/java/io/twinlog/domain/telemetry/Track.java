// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;

/**
 * All that is kept of one metric of a device, in one {@link Lane}, unpacked to be worked on: the
 * same object is used again for each input. Nobody but {@link LaneWork} keeps one between two.
 *
 * <p>Windows are packed apart ({@link WindowForm}), those of a minute and those of hours and days,
 * as few inputs move them: the values between are {@link Pending}. Where the rest stands when it is
 * packed, {@link TrackLayout} says.
 */
public final class Track {
  /** Longest text that is kept, in characters. */
  public static final int TEXT_MAX = 256;

  /** A metric without a value for so long, in event time, is no longer kept track of, ms. */
  static final long IDLE = 30L * 86_400_000;

  private static final Window[] NO_WINDOWS = {};

  private Seen seen;
  private RobustEstimate estimate;
  private final NewestValue newest = new NewestValue();
  private final Pending pending = new Pending();
  private Window[] minutes;
  private Shelf shelf;
  private Window[] hours;
  private int hoursCount;

  public Track() {
    clear();
  }

  /**
   * One in which nothing is pending.
   *
   * @param seen the newest number, believed or not
   * @param estimate where the next one is expected; it has seen the same newest number
   * @param last the newest value of a record that was accepted; null: there is none yet
   * @param lastTime its event time
   */
  public Track(Seen seen, RobustEstimate estimate, Scalar last, long lastTime) {
    clear();
    see(seen, estimate);
    if (last != null) {
      accept(last, lastTime);
    }
  }

  /** Becomes one of a metric that had no value yet. */
  void clear() {
    see(Seen.NOTHING, RobustEstimate.NONE);
    newest.clear();
    pending.clear();
    keepMinutes(NO_WINDOWS, Shelf.EMPTY);
    keepHours(NO_WINDOWS);
  }

  /** Takes all but the windows from where {@link #write} has put it. */
  void read(byte[] bytes, int at) {
    seen = Seen.read(bytes, at);
    estimate = RobustEstimate.read(bytes, at);
    newest.read(bytes, at);
    pending.read(bytes, at, at + TrackLayout.FIELDS + newest.textBytes());
    minutes = NO_WINDOWS;
    shelf = Shelf.EMPTY;
    hours = NO_WINDOWS;
    hoursCount = TrackLayout.intAt(bytes, at + TrackLayout.HOURS);
  }

  /** How many bytes {@link #write} needs. */
  int bytes() {
    return TrackLayout.FIELDS + newest.textBytes() + pending.valueBytes();
  }

  void write(byte[] bytes, int at) {
    seen.write(bytes, at);
    estimate.write(bytes, at);
    newest.write(bytes, at);
    pending.write(bytes, at, at + TrackLayout.FIELDS + newest.textBytes());
    TrackLayout.put(bytes, at + TrackLayout.HOURS, hoursCount);
  }

  /** The newest number, believed or not. */
  public Seen seen() {
    return seen;
  }

  /** Where the next number is expected. */
  public RobustEstimate estimate() {
    return estimate;
  }

  /** One more number: both have seen it. */
  void see(Seen now, RobustEstimate expected) {
    seen = now;
    estimate = expected;
  }

  /** The newest value of a record that was accepted; null: there is none yet. */
  public Scalar last() {
    return newest.value();
  }

  /** Whether there is a {@link #last} value. */
  public boolean hasLast() {
    return newest.isThere();
  }

  /** Event time of {@link #last}. */
  public long lastTime() {
    return newest.time();
  }

  /** A value that was accepted, long texts cut. False: there is a newer one. */
  boolean accept(Scalar accepted, long at) {
    return newest.accept(accepted, at);
  }

  /** What is in no window yet. */
  public Pending pending() {
    return pending;
  }

  /** Puts what is pending into the window of its minute. */
  void settleMinute(Sketches sketches) {
    minutes = pending.settleMinute(minutes, sketches);
  }

  /**
   * Puts what is pending into the windows of its hour and its day. It is in that of its minute.
   *
   * @return by how much their bytes grow
   */
  int settleHours(Sketches sketches) {
    Window[] before = hours;
    keepHours(pending.settleHours(before, sketches));
    int grown = 0;
    for (int i = 0; i < hours.length; i++) {
      grown += hours[i] == before[i] ? 0 : hours[i].bytes() - before[i].bytes();
    }
    return grown;
  }

  /** Windows of a minute that are not on the shelf, by start; not to be changed. */
  public Window[] minutes() {
    return minutes;
  }

  /** Windows of a minute before all of those. */
  public Shelf shelf() {
    return shelf;
  }

  /** Windows of an hour, then those of a day, by start; not to be changed. */
  public Window[] hours() {
    return hours;
  }

  /** Whether there is no window at all, unpacked or not; the minutes are unpacked. */
  boolean hasNoWindow() {
    return minutes.length == 0 && shelf.isEmpty() && hoursCount == 0;
  }

  /** Has these windows of a minute. */
  public void keepMinutes(Window[] windows, Shelf told) {
    minutes = windows;
    shelf = told;
  }

  /** Has these windows of an hour and of a day. */
  public void keepHours(Window[] windows) {
    hours = windows;
    hoursCount = windows.length;
  }
}
