// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import io.twinlog.domain.telemetry.Statistics;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.wire.AvroBuffer;
import io.twinlog.wire.SingleObject;
import java.time.Instant;

/**
 * Windows in the bytes of {@code telemetry.stats}: {@link TelemetryStats} in single-object
 * encoding, written without one, as there is one for every other event. Not for threads to share.
 */
public final class TelemetryStatsForm {
  private static final byte[] HEADER = SingleObject.header(TelemetryStats.getClassSchema());

  private final AvroBuffer out = new AvroBuffer();
  private long start = -1;
  private String startText = "";

  /** A window that is told. */
  public byte[] pack(String deviceId, WindowTold window, long rulesVersion) {
    Statistics statistics = window.statistics();
    out.clear();
    out.raw(HEADER, 0, HEADER.length);
    out.text(deviceId);
    out.text(window.metric());
    out.text(window.size().text());
    out.number(window.start());
    out.number(window.revision());
    out.flag(window.last());
    out.number(statistics.count());
    out.decimal(statistics.min());
    out.decimal(statistics.max());
    out.decimal(statistics.mean());
    out.decimal(statistics.stddev());
    out.decimal(statistics.p50());
    out.decimal(statistics.p95());
    out.decimal(statistics.p99());
    out.decimal(statistics.last());
    out.number(rulesVersion);
    return out.toBytes();
  }

  /** Its key; a slash of id or metric is {@code %2F} in it. */
  public String key(String deviceId, WindowTold window) {
    return part(deviceId)
        + '/'
        + part(window.metric())
        + '/'
        + window.size().text()
        + '/'
        + start(window.start());
  }

  /** Most windows that are told one after the other begin at the same time. */
  private String start(long millis) {
    if (millis != start || startText.isEmpty()) {
      start = millis;
      startText = Instant.ofEpochMilli(millis).toString();
    }
    return startText;
  }

  /** Ids and metrics may have slashes of their own. */
  private static String part(String text) {
    return text.indexOf('/') < 0 && text.indexOf('%') < 0
        ? text
        : text.replace("%", "%25").replace("/", "%2F");
  }
}
