// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.telemetry.Lane;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.domain.telemetry.Track;
import io.twinlog.schemas.TelemetryLatest;
import io.twinlog.wire.AvroBuffer;
import io.twinlog.wire.SingleObject;

/**
 * The newest values of a device in the bytes of {@code telemetry.latest}: {@link TelemetryLatest}
 * in single-object encoding, written without one, as there is one for each event. What only the
 * past has is in it, too. Not for threads to share.
 */
public final class TelemetryLatestForm {
  private static final byte[] HEADER = SingleObject.header(TelemetryLatest.getClassSchema());

  private final AvroBuffer out = new AvroBuffer();

  private final Track old = new Track();
  private final Track now = new Track();

  /** Of a device of which a value was accepted. */
  public byte[] pack(String deviceId, TelemetryVitals vitals, long rulesVersion) {
    Lane past = vitals.past();
    Lane present = vitals.present();
    out.clear();
    out.raw(HEADER, 0, HEADER.length);
    out.text(deviceId);
    out.text(vitals.model());
    out.number(Math.max(newest(past), newest(present)));
    values(past, present);
    out.number(vitals.tooLate());
    out.number(rulesVersion);
    return out.toBytes();
  }

  private long newest(Lane lane) {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < lane.metrics().length; i++) {
      lane.read(i, now);
      newest = now.hasLast() ? Math.max(newest, now.lastTime()) : newest;
    }
    return newest;
  }

  /** Both are in the order of their metrics, and so is what is written. */
  private void values(Lane past, Lane present) {
    int count = merged(past, present, false);
    if (count > 0) {
      out.number(count);
      merged(past, present, true);
    }
    out.number(0);
  }

  /** How many metrics have a value; that of the present stands for one of the past. */
  private int merged(Lane past, Lane present, boolean writes) {
    String[] olds = past.metrics();
    String[] nows = present.metrics();
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < olds.length || j < nows.length) {
      int order = i == olds.length ? 1 : j == nows.length ? -1 : olds[i].compareTo(nows[j]);
      if (order <= 0) {
        past.read(i, old);
      }
      if (order >= 0) {
        present.read(j, now);
      }
      boolean isPresent = order > 0 || order == 0 && now.hasLast();
      Track track = isPresent ? now : old;
      String metric = isPresent ? nows[j] : olds[i];
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
      if (track.hasLast()) {
        count++;
        if (writes) {
          value(metric, track);
        }
      }
    }
    return count;
  }

  private void value(String metric, Track track) {
    out.text(metric);
    TelemetryRecordForm.scalar(track.last(), out);
    out.number(track.lastTime());
  }
}
