// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/** The bytes of windows: those of a {@link Shelf}, and those of a {@link Lane}. */
public interface WindowForm {
  /**
   * The windows of a minute of these tracks, without what is pending.
   *
   * @param count how many tracks there are
   */
  byte[] packMinutes(Track[] tracks, int count);

  /** Gives the tracks the windows that were packed. */
  void unpackMinutes(byte[] packed, Track[] tracks, int count);

  /** The same of the windows of hours and days. */
  byte[] packHours(Track[] tracks, int count);

  void unpackHours(byte[] packed, Track[] tracks, int count);

  /** A shelf with the first {@code count} of these behind those that are on it. */
  byte[] append(byte[] shelf, Window[] windows, int count);

  /** The window of a shelf that begins at a place; the first is at 0. */
  Window at(byte[] shelf, int place);

  /** Where the next one begins. */
  int after(byte[] shelf, int place);

  Window[] unpack(byte[] shelf);
}
