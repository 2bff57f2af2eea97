// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * The tracks of a {@link Lane}, unpacked to be worked on, in the order of their metrics. The same
 * objects are used again for each lane.
 */
final class Tracks {
  // The first of both are those of the lane; behind them are tracks to be used.
  private String[] metrics = {};
  private int count;
  private Track[] tracks = {};

  /** Becomes those of this lane, without their windows. */
  void read(Lane lane) {
    metrics = lane.metrics();
    count = metrics.length;
    makeRoom(count);
    for (int i = 0; i < count; i++) {
      lane.read(i, tracks[i]);
    }
  }

  private void makeRoom(int wanted) {
    int there = tracks.length;
    if (wanted > there) {
      tracks = Arrays.copyOf(tracks, wanted);
      for (int i = there; i < wanted; i++) {
        tracks[i] = new Track();
      }
    }
  }

  int size() {
    return count;
  }

  /** The i-th metric has it. */
  Track get(int i) {
    return tracks[i];
  }

  String metric(int i) {
    return metrics[i];
  }

  /** The track of a metric; null: there is none. */
  Track of(String metric) {
    int at = Lane.find(metrics, count, metric);
    return at >= 0 ? tracks[at] : null;
  }

  /** A track for a metric that has none. */
  Track add(String metric) {
    makeRoom(count + 1);
    int to = -Lane.find(metrics, count, metric) - 1;
    Track added = tracks[count];
    added.clear();
    System.arraycopy(tracks, to, tracks, to + 1, count - to);
    tracks[to] = added;
    String[] more = new String[count + 1];
    System.arraycopy(metrics, 0, more, 0, to);
    more[to] = metric;
    System.arraycopy(metrics, to, more, to + 1, count - to);
    metrics = more;
    count++;
    return added;
  }

  /** Without the i-th; its track is used again later. */
  void remove(int i) {
    Track removed = tracks[i];
    System.arraycopy(tracks, i + 1, tracks, i, count - i - 1);
    tracks[count - 1] = removed;
    String[] left = new String[count - 1];
    System.arraycopy(metrics, 0, left, 0, i);
    System.arraycopy(metrics, i + 1, left, i, count - i - 1);
    metrics = left;
    count--;
  }

  /** As {@link Lane#metrics} has them; not to be changed. */
  String[] metrics() {
    return metrics;
  }

  /** As {@link Lane#tracks} has them. */
  byte[] pack() {
    return Lane.pack(tracks, count);
  }

  byte[] packMinutes(WindowForm form) {
    return form.packMinutes(tracks, count);
  }

  byte[] packHours(WindowForm form) {
    return form.packHours(tracks, count);
  }

  void unpackMinutes(byte[] minutes, WindowForm form) {
    form.unpackMinutes(minutes, tracks, count);
  }

  void unpackHours(byte[] hours, WindowForm form) {
    form.unpackHours(hours, tracks, count);
  }
}
