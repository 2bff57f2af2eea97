// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.List;

/**
 * All that is kept of a device's telemetry. Immutable.
 *
 * @param model of its newest registration; empty: none was seen
 * @param clock of its last record, or of when it was withdrawn after that; {@link #NEVER_HEARD}
 * @param presentFrom event time at which the present begins: a midnight (UTC) that parts the two
 *     lanes for good, so that no window is in both; {@link Long#MAX_VALUE}: all that came is of the
 *     past
 * @param present the lane of what comes in time
 * @param past the lane of what is backfilled
 * @param kept records that wait for a result
 * @param told anomalies that were told of late
 * @param tooLate records so far that came after one of their windows was closed for good
 * @param published clock of the last projection; {@link #NEVER_PUBLISHED}
 */
public record TelemetryVitals(
    String model,
    boolean registered,
    long clock,
    long presentFrom,
    Lane present,
    Lane past,
    Kept kept,
    List<Told> told,
    long tooLate,
    long published) {
  public static final long NEVER_PUBLISHED = Long.MIN_VALUE;

  /** There was no record yet, accepted or not. */
  public static final long NEVER_HEARD = -1;

  public static final TelemetryVitals NONE =
      new TelemetryVitals(
          "",
          false,
          NEVER_HEARD,
          Long.MAX_VALUE,
          Lane.EMPTY,
          Lane.EMPTY,
          Kept.NONE,
          List.of(),
          0,
          NEVER_PUBLISHED);

  public TelemetryVitals {
    told = List.copyOf(told);
  }

  /**
   * An anomaly that was told of late: the next ones wait.
   *
   * @param name of the rule
   * @param held how many were not told since
   */
  public record Told(String name, long clock, int held) {}

  TelemetryVitals ofModel(String model) {
    return new TelemetryVitals(
        model, true, clock, presentFrom, present, past, kept, told, tooLate, published);
  }

  /** Of no model any more: what is kept of it has its end from here on. */
  TelemetryVitals withdrawn(long now) {
    long from = clock == NEVER_HEARD ? NEVER_HEARD : Math.max(clock, now);
    return new TelemetryVitals(
        "", false, from, presentFrom, present, past, kept, told, tooLate, published);
  }

  TelemetryVitals with(Kept kept) {
    return new TelemetryVitals(
        model, registered, clock, presentFrom, present, past, kept, told, tooLate, published);
  }

  TelemetryVitals with(List<Told> told) {
    return new TelemetryVitals(
        model, registered, clock, presentFrom, present, past, kept, told, tooLate, published);
  }

  TelemetryVitals with(Lane present, Lane past) {
    return new TelemetryVitals(
        model, registered, clock, presentFrom, present, past, kept, told, tooLate, published);
  }

  TelemetryVitals publishedAt(long clock) {
    return new TelemetryVitals(
        model, registered, this.clock, presentFrom, present, past, kept, told, tooLate, clock);
  }

  /**
   * Whether there is nothing to be kept. Of a device whose records were all rejected there is:
   * which anomalies were told of it, and to the shell which events were seen.
   */
  boolean isNothing() {
    return !registered && clock == NEVER_HEARD;
  }

  /** Whether a value was ever accepted. */
  boolean hasLatest() {
    return published != NEVER_PUBLISHED;
  }
}
