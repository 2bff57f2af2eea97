// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * Values of a metric that are in no window yet, as few inputs move windows. They are all of one
 * hour; those behind {@code from} are of one minute and not yet in its window, the others in that
 * of their minute alone. The windows that they belong to are open and have room for them, and what
 * is told has them in it: nothing that can be seen from outside depends on it.
 */
public final class Pending {
  /** What a value adds to the bytes of each of its windows. */
  static final int VALUE_BYTES = 9;

  private final double[] values = new double[Tally.RECENT_MAX];
  private int from;
  private int count;
  private int room;
  private boolean hoursOpen;
  private long minute;

  // The newest of those behind from, and of the others.
  private long minuteTime;
  private double minuteLast;
  private long hourTime;
  private double hourLast;

  void clear() {
    startHour();
    startMinute(0, 0, false);
  }

  /** The newest of some values; {@link Long#MIN_VALUE}: there is none. */
  record Last(long time, double value) {}

  /** What it is made of, for those who know its bytes otherwise. */
  record Parts(
      double[] values,
      int from,
      int room,
      boolean hoursOpen,
      long minute,
      Last ofMinute,
      Last ofHour) {}

  Parts parts() {
    return new Parts(
        Arrays.copyOf(values, count),
        from,
        room,
        hoursOpen,
        minute,
        new Last(minuteTime, minuteLast),
        new Last(hourTime, hourLast));
  }

  void set(Parts parts) {
    count = parts.values().length;
    System.arraycopy(parts.values(), 0, values, 0, count);
    from = parts.from();
    room = parts.room();
    hoursOpen = parts.hoursOpen();
    minute = parts.minute();
    minuteTime = parts.ofMinute().time();
    minuteLast = parts.ofMinute().value();
    hourTime = parts.ofHour().time();
    hourLast = parts.ofHour().value();
  }

  /** Takes what {@link #write} has put there, all but the values. */
  void read(TrackBytes in, Seen newest) {
    hoursOpen = in.has(TrackBytes.HOURS_OPEN);
    room = in.nextByte();
    from = in.nextByte();
    count = in.nextByte();
    minute = in.has(TrackBytes.MINUTE) ? in.nextLong() : minuteOf(newest);
    if (in.has(TrackBytes.MINUTE_LAST)) {
      minuteTime = in.nextLong();
      minuteLast = in.nextDouble();
    } else {
      boolean empty = in.has(TrackBytes.MINUTE_EMPTY);
      minuteTime = empty ? Long.MIN_VALUE : newest.time();
      minuteLast = empty ? 0 : newest.value();
    }
    boolean ofHour = in.has(TrackBytes.HOUR_LAST);
    hourTime = ofHour ? in.nextLong() : Long.MIN_VALUE;
    hourLast = ofHour ? in.nextDouble() : 0;
  }

  /** The values stand last. */
  void readValues(TrackBytes in) {
    for (int i = 0; i < count; i++) {
      values[i] = in.nextDouble();
    }
  }

  private static long minuteOf(Seen newest) {
    return newest.isNothing() ? 0 : WindowSize.MINUTE.start(newest.time());
  }

  int flags(Seen newest) {
    int flags = hoursOpen ? TrackBytes.HOURS_OPEN : 0;
    flags |= minute == minuteOf(newest) ? 0 : TrackBytes.MINUTE;
    if (minuteTime == Long.MIN_VALUE && Double.doubleToRawLongBits(minuteLast) == 0) {
      flags |= TrackBytes.MINUTE_EMPTY;
    } else if (newest.isNothing() || minuteTime != newest.time() || !newest.isValue(minuteLast)) {
      flags |= TrackBytes.MINUTE_LAST;
    }
    boolean ofHour = hourTime != Long.MIN_VALUE || Double.doubleToRawLongBits(hourLast) != 0;
    return ofHour ? flags | TrackBytes.HOUR_LAST : flags;
  }

  void write(TrackBytes out) {
    out.put((byte) room);
    out.put((byte) from);
    out.put((byte) count);
    if (out.has(TrackBytes.MINUTE)) {
      out.put(minute);
    }
    if (out.has(TrackBytes.MINUTE_LAST)) {
      out.put(minuteTime);
      out.put(minuteLast);
    }
    if (out.has(TrackBytes.HOUR_LAST)) {
      out.put(hourTime);
      out.put(hourLast);
    }
  }

  void writeValues(TrackBytes out) {
    for (int i = 0; i < count; i++) {
      out.put(values[i]);
    }
  }

  /** Bytes of its values where they are written. */
  int valueBytes() {
    return count * Double.BYTES;
  }

  /** Whether a value of this minute need not go into windows yet. */
  boolean hasRoomIn(long other) {
    return minute == other && hoursOpen && count - from < room && !isFull();
  }

  /** Whether the windows of the hour must take what is pending before there can be more. */
  boolean isFull() {
    return count == values.length;
  }

  /** Whether values of this hour may be pending: its windows have something to be told. */
  boolean isOpenIn(long hour) {
    return hoursOpen && WindowSize.HOUR.start(minute) == hour;
  }

  /** The minute that the values behind {@code from} belong to. */
  long minute() {
    return minute;
  }

  /** They add so much to the bytes of windows. */
  int windowBytes() {
    return VALUE_BYTES * (count - from) + WindowSize.LONG.length * VALUE_BYTES * count;
  }

  /** A value for which there is room. Of two at the same time the later one is the last. */
  public void add(double number, long at) {
    values[count++] = number;
    if (at >= minuteTime) {
      minuteTime = at;
      minuteLast = number;
    }
  }

  /**
   * From here on so many values of a minute may be pending. None of another minute is, that is not
   * in its window.
   *
   * @param open whether the windows of its hour, and its day, have something to be told
   */
  public void startMinute(long start, int most, boolean open) {
    minute = start;
    room = most;
    hoursOpen = open;
    minuteTime = Long.MIN_VALUE;
    minuteLast = 0;
  }

  /** Nothing is pending any more: the windows of the hour have it. */
  private void startHour() {
    from = 0;
    count = 0;
    hourTime = Long.MIN_VALUE;
    hourLast = 0;
  }

  /** What is not in the window of its minute, into it. The windows are not changed. */
  Window[] settleMinute(Window[] minutes, Sketches sketches) {
    Window[] settled = minutes;
    if (count > from) {
      settled = minutes.clone();
      int at = Window.find(settled, WindowSize.MINUTE, minute);
      double[] more = Arrays.copyOfRange(values, from, count);
      settled[at] = settled[at].with(more, minuteTime, minuteLast, sketches);
      from = count;
      if (minuteTime >= hourTime) {
        hourTime = minuteTime;
        hourLast = minuteLast;
      }
    }
    startMinute(minute, 0, hoursOpen);
    return settled;
  }

  /** All of them into the windows of their hour and day; they are in that of their minute. */
  Window[] settleHours(Window[] hours, Sketches sketches) {
    Window[] settled = hours;
    if (count > 0) {
      settled = hours.clone();
      double[] more = Arrays.copyOf(values, count);
      for (WindowSize size : WindowSize.LONG) {
        int at = Window.find(settled, size, size.start(minute));
        settled[at] = settled[at].with(more, hourTime, hourLast, sketches);
      }
    }
    startHour();
    return settled;
  }
}
