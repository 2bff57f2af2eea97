// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * All that is kept of one metric of a device, in one {@link Lane}, unpacked to be worked on: the
 * same object is used again for each input. Nobody but {@link LaneWork} keeps one between two.
 *
 * <p>Windows are packed apart, those of a minute and those of hours and days, as few inputs move
 * them: the values between are pending. They are all of one hour; those behind {@code from} are of
 * one minute and not yet in its window. The windows that they belong to are open and have room for
 * them, and what is told has them in it: nothing that can be seen from outside depends on it.
 */
public final class Track {
  /** Longest text that is kept, in characters. */
  public static final int TEXT_MAX = 256;

  /** A metric without a value for so long, in event time, is no longer kept track of, ms. */
  static final long IDLE = 30L * 86_400_000;

  /** What a pending value adds to the bytes of each of its windows. */
  static final int PENDING_BYTES = 9;

  private static final Window[] NO_WINDOWS = {};
  private static final byte[] NO_TEXT = {};

  // Kinds of the newest value.
  private static final byte NONE = 0;
  private static final byte FLAG = 1;
  private static final byte WHOLE = 2;
  private static final byte DECIMAL = 3;
  private static final byte TEXT = 4;

  // Where the fields stand in its bytes, lowest byte first; behind them text and pending values.
  private static final int VALUE = 0;
  private static final int TIME = 8;
  private static final int SAME_VALUE = 16;
  private static final int SAME_SINCE = 24;
  private static final int LEVEL = 32;
  private static final int SCALE = 40;
  private static final int STRETCH = 48;
  private static final int LAST = 56;
  private static final int LAST_TIME = 64;
  private static final int MINUTE = 72;
  private static final int MINUTE_TIME = 80;
  private static final int MINUTE_LAST = 88;
  private static final int HOUR_TIME = 96;
  private static final int HOUR_LAST = 104;
  private static final int SAME = 112;
  private static final int VALUES = 116;
  private static final int TEXT_LENGTH = 120;
  private static final int HOURS = 124;
  private static final int FAR = 128;
  private static final int KIND = 129;
  private static final int ROOM = 130;
  private static final int FROM = 131;
  private static final int COUNT = 132;
  private static final int HOURS_OPEN = 133;
  private static final int FIELDS = 134;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  // The fields of Seen: the newest number, believed or not.
  private double value;
  private long time;
  private int same;
  private double sameValue;
  private long sameSince;

  // Those of RobustEstimate, but its last value: that is the newest number.
  private int values;
  private int far;
  private double level;
  private double scale;
  private double stretch;

  // The newest value that was accepted: a number's bits, or where its text stands.
  private byte kind;
  private long last;
  private byte[] text;
  private int textFrom;
  private int textLength;
  private long lastTime;

  private long minute;
  private int room;
  private int from;
  private int count;
  private final double[] pending = new double[Tally.RECENT_MAX];
  private long minuteTime;
  private double minuteLast;
  private long hourTime;
  private double hourLast;
  private boolean hoursOpen;

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
    kind = NONE;
    last = 0;
    text = NO_TEXT;
    textFrom = 0;
    textLength = 0;
    lastTime = Long.MIN_VALUE;
    from = 0;
    count = 0;
    hourTime = Long.MIN_VALUE;
    hourLast = 0;
    pendIn(0, 0, false);
    keepMinutes(NO_WINDOWS, Shelf.EMPTY);
    keepHours(NO_WINDOWS);
  }

  /** Takes all but the windows from where {@link #write} has put it. */
  void read(byte[] bytes, int at) {
    value = (double) DOUBLES.get(bytes, at + VALUE);
    time = (long) LONGS.get(bytes, at + TIME);
    sameValue = (double) DOUBLES.get(bytes, at + SAME_VALUE);
    sameSince = (long) LONGS.get(bytes, at + SAME_SINCE);
    level = (double) DOUBLES.get(bytes, at + LEVEL);
    scale = (double) DOUBLES.get(bytes, at + SCALE);
    stretch = (double) DOUBLES.get(bytes, at + STRETCH);
    last = (long) LONGS.get(bytes, at + LAST);
    lastTime = (long) LONGS.get(bytes, at + LAST_TIME);
    minute = (long) LONGS.get(bytes, at + MINUTE);
    minuteTime = (long) LONGS.get(bytes, at + MINUTE_TIME);
    minuteLast = (double) DOUBLES.get(bytes, at + MINUTE_LAST);
    hourTime = (long) LONGS.get(bytes, at + HOUR_TIME);
    hourLast = (double) DOUBLES.get(bytes, at + HOUR_LAST);
    hoursCount = (int) INTS.get(bytes, at + HOURS);
    from = bytes[at + FROM];
    hoursOpen = bytes[at + HOURS_OPEN] != 0;
    same = (int) INTS.get(bytes, at + SAME);
    values = (int) INTS.get(bytes, at + VALUES);
    textLength = (int) INTS.get(bytes, at + TEXT_LENGTH);
    far = bytes[at + FAR];
    kind = bytes[at + KIND];
    room = bytes[at + ROOM];
    count = bytes[at + COUNT];
    text = bytes;
    textFrom = at + FIELDS;
    for (int i = 0; i < count; i++) {
      pending[i] = (double) DOUBLES.get(bytes, at + FIELDS + textLength + i * Double.BYTES);
    }
    minutes = NO_WINDOWS;
    shelf = Shelf.EMPTY;
    hours = NO_WINDOWS;
  }

  /** How many bytes {@link #write} needs. */
  int bytes() {
    return FIELDS + textLength + count * Double.BYTES;
  }

  void write(byte[] bytes, int at) {
    DOUBLES.set(bytes, at + VALUE, value);
    LONGS.set(bytes, at + TIME, time);
    DOUBLES.set(bytes, at + SAME_VALUE, sameValue);
    LONGS.set(bytes, at + SAME_SINCE, sameSince);
    DOUBLES.set(bytes, at + LEVEL, level);
    DOUBLES.set(bytes, at + SCALE, scale);
    DOUBLES.set(bytes, at + STRETCH, stretch);
    LONGS.set(bytes, at + LAST, last);
    LONGS.set(bytes, at + LAST_TIME, lastTime);
    LONGS.set(bytes, at + MINUTE, minute);
    LONGS.set(bytes, at + MINUTE_TIME, minuteTime);
    DOUBLES.set(bytes, at + MINUTE_LAST, minuteLast);
    LONGS.set(bytes, at + HOUR_TIME, hourTime);
    DOUBLES.set(bytes, at + HOUR_LAST, hourLast);
    INTS.set(bytes, at + HOURS, hoursCount);
    bytes[at + FROM] = (byte) from;
    bytes[at + HOURS_OPEN] = (byte) (hoursOpen ? 1 : 0);
    INTS.set(bytes, at + SAME, same);
    INTS.set(bytes, at + VALUES, values);
    INTS.set(bytes, at + TEXT_LENGTH, textLength);
    bytes[at + FAR] = (byte) far;
    bytes[at + KIND] = kind;
    bytes[at + ROOM] = (byte) room;
    bytes[at + COUNT] = (byte) count;
    System.arraycopy(text, textFrom, bytes, at + FIELDS, textLength);
    for (int i = 0; i < count; i++) {
      DOUBLES.set(bytes, at + FIELDS + textLength + i * Double.BYTES, pending[i]);
    }
  }

  public Seen seen() {
    return same == 0 ? Seen.NOTHING : new Seen(value, time, same, sameValue, sameSince);
  }

  public RobustEstimate estimate() {
    return values == 0
        ? RobustEstimate.NONE
        : new RobustEstimate(values, far, level, scale, stretch, value);
  }

  /** Event time of the newest number, believed or not; {@link Long#MIN_VALUE}: there was none. */
  long seenTime() {
    return time;
  }

  void see(Seen seen, RobustEstimate estimate) {
    value = seen.value();
    time = seen.time();
    same = seen.same();
    sameValue = seen.sameValue();
    sameSince = seen.sameSince();
    values = estimate.values();
    far = estimate.far();
    level = estimate.level();
    scale = estimate.scale();
    stretch = estimate.stretch();
  }

  /** The newest value of a record that was accepted; null: there is none yet. */
  public Scalar last() {
    return switch (kind) {
      case FLAG -> new Scalar.Flag(last != 0);
      case WHOLE -> new Scalar.Whole(last);
      case DECIMAL -> new Scalar.Decimal(Double.longBitsToDouble(last));
      case TEXT -> new Scalar.Text(new String(text, textFrom, textLength, StandardCharsets.UTF_8));
      default -> null;
    };
  }

  /** Whether there is a {@link #last} value. */
  public boolean hasLast() {
    return kind != NONE;
  }

  /** Whether the track that was written there has a {@link #last} value. */
  static boolean hasLast(byte[] bytes, int at) {
    return bytes[at + KIND] != NONE;
  }

  /** Event time of {@link #last}. */
  public long lastTime() {
    return lastTime;
  }

  /** A value that was accepted, long texts cut. False: there is a newer one. */
  boolean accept(Scalar accepted, long at) {
    if (kind != NONE && at < lastTime) {
      return false;
    }
    lastTime = at;
    text = NO_TEXT;
    textFrom = 0;
    textLength = 0;
    if (accepted instanceof Scalar.Decimal decimal) {
      kind = DECIMAL;
      last = Double.doubleToRawLongBits(decimal.value());
    } else if (accepted instanceof Scalar.Whole whole) {
      kind = WHOLE;
      last = whole.value();
    } else if (accepted instanceof Scalar.Flag flag) {
      kind = FLAG;
      last = flag.value() ? 1 : 0;
    } else {
      kind = TEXT;
      last = 0;
      text = cut(((Scalar.Text) accepted).value()).getBytes(StandardCharsets.UTF_8);
      textLength = text.length;
    }
    return true;
  }

  private static String cut(String text) {
    if (text.length() <= TEXT_MAX) {
      return text;
    }
    // Half of a pair of surrogates is no character.
    int end = TEXT_MAX - 1;
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.substring(0, end) + '…';
  }

  /** Whether a value of this minute need not go into windows yet. */
  boolean hasRoomIn(long other) {
    return minute == other && hoursOpen && count - from < room && !isFull();
  }

  /** Whether the windows of the hour must take what is pending before there can be more. */
  boolean isFull() {
    return count == pending.length;
  }

  /** Whether values of this hour may be pending: its windows have something to be told. */
  boolean isOpenIn(long hour) {
    return hoursOpen && WindowSize.HOUR.start(minute) == hour;
  }

  /** The minute that pending values belong to. */
  long minute() {
    return minute;
  }

  /** What is pending adds so much to the bytes of windows. */
  int pendingBytes() {
    return PENDING_BYTES * (count - from) + 2 * PENDING_BYTES * count;
  }

  /** A value for which there is room. Of two at the same time the later one is the last. */
  public void pend(double number, long at) {
    pending[count++] = number;
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
  public void pendIn(long start, int most, boolean open) {
    minute = start;
    room = most;
    hoursOpen = open;
    minuteTime = Long.MIN_VALUE;
    minuteLast = 0;
  }

  /** Puts what is pending into the window of its minute. */
  void settleMinute(Sketches sketches) {
    if (count > from) {
      Window[] windows = minutes.clone();
      int at = Window.find(windows, WindowSize.MINUTE, minute);
      double[] values = Arrays.copyOfRange(pending, from, count);
      windows[at] = windows[at].with(values, minuteTime, minuteLast, sketches);
      minutes = windows;
      from = count;
      if (minuteTime >= hourTime) {
        hourTime = minuteTime;
        hourLast = minuteLast;
      }
    }
    pendIn(minute, 0, hoursOpen);
  }

  /**
   * Puts what is pending into the windows of its hour and its day. It is in that of its minute.
   *
   * @return by how much their bytes grow
   */
  int settleHours(Sketches sketches) {
    int grown = 0;
    if (count > 0) {
      Window[] windows = hours.clone();
      double[] values = Arrays.copyOf(pending, count);
      for (WindowSize size : WindowSize.LONG) {
        int at = Window.find(windows, size, size.start(minute));
        grown -= windows[at].bytes();
        windows[at] = windows[at].with(values, hourTime, hourLast, sketches);
        grown += windows[at].bytes();
      }
      keepHours(windows);
    }
    from = 0;
    count = 0;
    hourTime = Long.MIN_VALUE;
    hourLast = 0;
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
