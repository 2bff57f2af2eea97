// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.Aggregate.NEVER;

/**
 * The metrics of a device over a stretch of event time that moves on with the newest record in it.
 * A device has two: the present, and the past that is backfilled. Immutable; {@link LaneWork} makes
 * the next one.
 *
 * @param newest event time; {@link Long#MIN_VALUE}: there was no record yet
 * @param clock of the last record
 * @param untold windows that have changed since they were last told
 * @param nextMove event time at which the next window is to be told
 * @param nextOver event time at which the next window is closed for good
 * @param over by {@link WindowSize}: windows that begin before this are closed for good; not to be
 *     changed
 * @param windowBytes that the windows take, at most
 * @param tracks in the order of their metrics; not to be changed
 */
public record Lane(
    long newest,
    long clock,
    int untold,
    long nextMove,
    long nextOver,
    long[] over,
    int windowBytes,
    Track[] tracks) {
  public static final Lane EMPTY =
      new Lane(
          Long.MIN_VALUE,
          0,
          0,
          NEVER,
          NEVER,
          new long[] {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE},
          0,
          new Track[0]);

  boolean isEmpty() {
    return newest == Long.MIN_VALUE;
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    // A bucket takes twice what it has encoded.
    int bytes = 2 * windowBytes;
    for (Track track : tracks) {
      bytes += 300 + 150 * track.settled().length;
    }
    return bytes;
  }

  /** The clock at which silence alone next moves a window. */
  long deadline(long lateness) {
    long silent = untold > 0 ? clock + lateness : NEVER;
    long closed = nextOver == NEVER ? NEVER : clock + Math.max(1, nextOver - newest);
    return Math.min(silent, closed);
  }

  /** Event time at the clock: while the device is silent, it goes on with the clock. */
  long timeAt(long clock) {
    return newest + Math.max(0, clock - this.clock);
  }

  /** Whether a value of the metric was ever accepted. */
  boolean hasValue(String metric) {
    int at = find(metric);
    return at >= 0 && tracks[at].last() != null;
  }

  /** Where a metric is, or, less 1 and negated, where it belongs. */
  int find(String metric) {
    return find(tracks, metric);
  }

  /** The same, in tracks that are in the order of their metrics. */
  static int find(Track[] tracks, String metric) {
    int low = 0;
    int high = tracks.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = tracks[middle].metric().compareTo(metric);
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
