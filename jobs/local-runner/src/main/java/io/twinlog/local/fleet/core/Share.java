// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a mix can say, each a share from 0 to 1: of what, and how much where nothing is said. */
public enum Share {
  MALFORMED(0.005, "of all messages: input that must become a dead letter"),
  DOUBLES(0.01, "of all messages: an earlier one of the same device again, same id, same bytes"),
  DISORDER(0.01, "of all messages: older than one that the same device has sent before it"),
  RECONNECTS(
      0.005, "of all messages: a device comes with a new session; the last will follows late"),
  FAULTS(0.003, "of all messages: a device reports a fault; later it recovers"),
  HEARTBEATS(0.2, "of what a device says otherwise: a heartbeat, not telemetry"),
  SILENCES(0.002, "of what devices say: the last for longer than the device's timeout"),
  STUCK(0.0005, "of telemetry: one sensor sticks at its value for a while"),
  DRIFT(0.0005, "of telemetry: one sensor runs away from the truth for a while"),
  DROPOUTS(0.0005, "of telemetry: one sensor is missing for a while"),
  SPIKES(0.002, "of telemetry: one sensor is far off, once");

  private final double usual;
  private final String meaning;

  Share(double usual, String meaning) {
    this.usual = usual;
    this.meaning = meaning;
  }

  /** As it is written on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where a mix says nothing. */
  public double usual() {
    return usual;
  }

  /** One line: of what it is a share, and what it does. */
  public String meaning() {
    return meaning;
  }

  static Optional<Share> of(String text) {
    return Arrays.stream(values()).filter(share -> share.text().equals(text)).findFirst();
  }

  static String list() {
    return Arrays.stream(values()).map(Share::text).collect(Collectors.joining(", "));
  }
}
