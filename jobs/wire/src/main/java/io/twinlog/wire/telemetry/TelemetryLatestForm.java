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

  private final AvroBuffer values = new AvroBuffer();
  private final Track old = new Track();
  private final Track now = new Track();
  private int count;
  private long newest;

  /** Of a device of which a value was accepted. */
  public byte[] pack(String deviceId, TelemetryVitals vitals, long rulesVersion) {
    merge(vitals.past(), vitals.present());
    out.clear();
    out.raw(HEADER, 0, HEADER.length);
    out.text(deviceId);
    out.text(vitals.model());
    out.number(newest);
    if (count > 0) {
      out.number(count);
      out.raw(values);
    }
    out.number(0);
    out.number(vitals.tooLate());
    out.number(rulesVersion);
    return out.toBytes();
  }

  /**
   * Both are in the order of their metrics, and so is what is written. A value of the present
   * stands for one of the past.
   */
  private void merge(Lane past, Lane present) {
    String[] olds = past.metrics();
    String[] nows = present.metrics();
    values.clear();
    count = 0;
    newest = Long.MIN_VALUE;
    int i = 0;
    int j = 0;
    while (i < olds.length || j < nows.length) {
      int order = i == olds.length ? 1 : j == nows.length ? -1 : olds[i].compareTo(nows[j]);
      if (order > 0) {
        present.read(j, now);
        value(nows[j++], now);
      } else if (order < 0) {
        past.read(i, old);
        value(olds[i++], old);
      } else {
        past.read(i++, old);
        present.read(j, now);
        newest = old.hasLast() ? Math.max(newest, old.lastTime()) : newest;
        value(nows[j++], now.hasLast() ? now : old);
      }
    }
  }

  private void value(String metric, Track track) {
    if (track.hasLast()) {
      count++;
      newest = Math.max(newest, track.lastTime());
      values.text(metric);
      TelemetryRecordForm.scalar(track.last(), values);
      values.number(track.lastTime());
    }
  }
}
