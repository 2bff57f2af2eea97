// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;

/**
 * All that is kept of one metric of a device, in one {@link Lane}, unpacked to be worked on: the
 * same object is used again for each input. Nobody but {@link LaneWork} keeps one between two.
 *
 * <p>Windows are packed apart ({@link WindowForm}), those of a minute and those of hours and days,
 * as few inputs move them: the values between are {@link Pending}. Where the rest stands when it is
 * packed, {@link TrackBytes} says.
 */
public final class Track {
  /** Longest text that is kept, in characters. */
  public static final int TEXT_MAX = 256;

  /** A metric without a value for so long, in event time, is no longer kept track of, ms. */
  static final long IDLE = 30L * 86_400_000;

  private static final Window[] NO_WINDOWS = {};

  /** Those that are always there: flags, kind, far, windows of hours, three counts. */
  private static final int FIELDS = Short.BYTES + 2 + Integer.BYTES + 3;

  private Seen seen;
  private RobustEstimate estimate;
  private final NewestValue newest = new NewestValue();
  private final Pending pending = new Pending();
  private Window[] minutes;
  private Shelf shelf;
  private Window[] hours;
  private int hoursCount;
  private int flags;
  private final TrackBytes cursor = new TrackBytes();

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
    TrackBytes in = cursor.at(bytes, at);
    in.readFlags();
    byte kind = in.nextByte();
    int far = in.nextByte();
    hoursCount = in.nextInt();
    seen = Seen.read(in);
    estimate = RobustEstimate.read(in, far, seen);
    newest.read(in, kind, seen);
    pending.read(in, seen);
    newest.readText(in);
    pending.readValues(in);
    minutes = NO_WINDOWS;
    shelf = Shelf.EMPTY;
    hours = NO_WINDOWS;
  }

  /** How many bytes {@link #write} will need. */
  int bytes() {
    flags = seen.flags() | estimate.flags() | newest.flags(seen) | pending.flags(seen);
    int bytes = FIELDS + newest.fieldBytes(flags) + newest.textBytes() + pending.valueBytes();
    bytes += has(TrackBytes.SEEN) ? 2 * Long.BYTES : 0;
    bytes += has(TrackBytes.REPEATED) ? Integer.BYTES + 2 * Long.BYTES : 0;
    bytes += has(TrackBytes.ESTIMATED) ? Integer.BYTES + 2 * Long.BYTES : 0;
    bytes += has(TrackBytes.STRETCHED) ? Long.BYTES : 0;
    bytes += has(TrackBytes.MINUTE) ? Long.BYTES : 0;
    bytes += has(TrackBytes.MINUTE_LAST) ? 2 * Long.BYTES : 0;
    return bytes + (has(TrackBytes.HOUR_LAST) ? 2 * Long.BYTES : 0);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /**
   * Writes all but the windows there, where {@link #bytes} were said to be needed.
   *
   * @return where it ends
   */
  int write(byte[] bytes, int at) {
    TrackBytes out = cursor.at(bytes, at);
    out.putFlags(flags);
    out.put(newest.kind());
    out.put((byte) estimate.far());
    out.put(hoursCount);
    seen.write(out);
    estimate.write(out);
    newest.write(out);
    pending.write(out);
    newest.writeText(out);
    pending.writeValues(out);
    return out.place();
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

  NewestValue newest() {
    return newest;
  }

  /** Has so many windows of hours and days, unpacked or not. */
  void hoursCount(int count) {
    hoursCount = count;
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
