// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

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

  /** Of a device of which a value was accepted. */
  public byte[] pack(String deviceId, TelemetryVitals vitals, long rulesVersion) {
    Track[] past = vitals.past().tracks();
    Track[] present = vitals.present().tracks();
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

  private static long newest(Track[] tracks) {
    long newest = Long.MIN_VALUE;
    for (Track track : tracks) {
      newest = track.last() == null ? newest : Math.max(newest, track.lastTime());
    }
    return newest;
  }

  /** Both are in the order of their metrics, and so is what is written. */
  private void values(Track[] past, Track[] present) {
    int count = merged(past, present, false);
    if (count > 0) {
      out.number(count);
      merged(past, present, true);
    }
    out.number(0);
  }

  /** How many metrics have a value; that of the present stands for one of the past. */
  private int merged(Track[] past, Track[] present, boolean writes) {
    int count = 0;
    int old = 0;
    int now = 0;
    while (old < past.length || now < present.length) {
      int order =
          old == past.length
              ? 1
              : now == present.length ? -1 : past[old].metric().compareTo(present[now].metric());
      boolean isPresent = order > 0 || order == 0 && present[now].last() != null;
      Track track = isPresent ? present[now] : past[old];
      old += order <= 0 ? 1 : 0;
      now += order >= 0 ? 1 : 0;
      if (track.last() != null) {
        count++;
        if (writes) {
          value(track);
        }
      }
    }
    return count;
  }

  private void value(Track track) {
    out.text(track.metric());
    TelemetryRecordForm.scalar(track.last(), out);
    out.number(track.lastTime());
  }
}
