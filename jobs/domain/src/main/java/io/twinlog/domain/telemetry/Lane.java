// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The metrics of a device over a stretch of event time that moves on with the newest record in it.
 * A device has two: the present, and the past that is backfilled. Immutable; {@link LaneWork} makes
 * the next one.
 *
 * <p>What is kept of the metrics is packed: a job holds it of a hundred thousand devices, and each
 * input replaces it. As objects it would be a hundred for each device, and what the job then does
 * most is to wait for memory and to collect it.
 *
 * @param newest event time; {@link Long#MIN_VALUE}: there was no record yet
 * @param clock of the last record
 * @param untold windows that have changed since they were last told
 * @param nextMove event time at which the next window is to be told
 * @param nextOver event time at which the next window is closed for good
 * @param over by {@link WindowSize}: windows that begin before this are closed for good; not to be
 *     changed
 * @param windowBytes that the windows take, at most
 * @param metrics in order; not to be changed
 * @param tracks of the metrics, packed: where each of them stands, then each; not to be changed
 * @param minutes windows of a minute, packed by {@link WindowForm}; not to be changed
 * @param hours windows of hours and days, the same
 * @param ofHours what of the sums above is due to {@code hours}
 */
public record Lane(
    long newest,
    long clock,
    int untold,
    long nextMove,
    long nextOver,
    long[] over,
    int windowBytes,
    String[] metrics,
    byte[] tracks,
    byte[] minutes,
    byte[] hours,
    OfHours ofHours) {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOTHING = {};
  private static final long[] NONE_OVER = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};

  public static final Lane EMPTY =
      new Lane(
          Long.MIN_VALUE,
          0,
          0,
          NEVER,
          NEVER,
          NONE_OVER,
          0,
          new String[0],
          NOTHING,
          NOTHING,
          NOTHING,
          OfHours.NONE);

  public Lane {
    // Most have closed none for good; one array for all of them need not be fetched for each.
    over = Arrays.equals(over, NONE_OVER) ? NONE_OVER : over;
  }

  /**
   * Sums over the windows of hours and days, so that they need not be unpacked where they stay as
   * they are.
   *
   * @param untold as that of the lane
   * @param nextMove as that of the lane
   * @param nextOver as that of the lane
   * @param bytes of them, without what is pending
   */
  public record OfHours(int untold, long nextMove, long nextOver, int bytes) {
    static final OfHours NONE = new OfHours(0, NEVER, NEVER, 0);
  }

  boolean isEmpty() {
    return newest == Long.MIN_VALUE;
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    // Names are shared by devices that measure the same, or not. The windows' own arrays need not
    // be
    // looked at: mostly nobody else does.
    return 200 + 60 * metrics.length + tracks.length + windowBytes;
  }

  /** The clock at which silence alone next moves a window. */
  long deadline(long lateness) {
    long silent = untold > 0 ? clock + lateness : NEVER;
    long closed = nextOver == NEVER ? NEVER : clock + Math.max(1, nextOver - newest);
    return Math.min(silent, closed);
  }

  /** Whether a value of the metric was ever accepted. */
  boolean hasValue(String metric) {
    int at = find(metrics, metrics.length, metric);
    return at >= 0 && NewestValue.isThere(tracks, place(at));
  }

  /** The track of the metric at this place, without its windows. */
  public Track track(int index) {
    Track track = new Track();
    read(index, track);
    return track;
  }

  /** The same into one that is there. */
  public void read(int index, Track track) {
    track.read(tracks, place(index));
  }

  private int place(int index) {
    return (int) INTS.get(tracks, index * Integer.BYTES);
  }

  /** The first {@code count} of these, packed. */
  public static byte[] pack(Track[] tracks, int count) {
    int place = count * Integer.BYTES;
    int size = place;
    for (int i = 0; i < count; i++) {
      size += tracks[i].bytes();
    }
    byte[] packed = new byte[size];
    for (int i = 0; i < count; i++) {
      INTS.set(packed, i * Integer.BYTES, place);
      place = tracks[i].write(packed, place);
    }
    return packed;
  }

  /** Tracks as release 0.4.0 packed them, as they are packed now. */
  public static byte[] repacked(byte[] ofRelease04, int count) {
    return FixedTracks.repacked(ofRelease04, count);
  }

  /** Where a metric is, or, less 1 and negated, where it belongs. */
  int find(String metric) {
    return find(metrics, metrics.length, metric);
  }

  /** The same, among the first {@code count} of these. */
  @SuppressWarnings("StringEquality")
  static int find(String[] metrics, int count, String metric) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      String there = metrics[middle];
      // Mostly they are the same string, which tells without a look at the letters.
      int order = there == metric ? 0 : there.compareTo(metric);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
