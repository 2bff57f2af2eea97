// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.clock;

/**
 * A time in which no tick could be written, so that no source partition surely took events.
 *
 * @param clock at which it was noticed; no two have the same
 * @param began wall clock of the last tick before it
 * @param ended wall clock of the first tick after it
 */
public record Outage(long clock, long began, long ended) {
  /** There was none yet. */
  public static final Outage NONE = new Outage(-1, 0, 0);
}
