// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * What a {@link QualityCheck} finds of a value. What it costs is for the rules to say.
 *
 * @param message why it is violated, for people; empty where it is not
 */
public record Verdict(boolean violated, String message) {
  /** A longer message is cut. In characters. */
  static final int MESSAGE_MAX = 512;

  /** Nothing is wrong with it. */
  public static final Verdict OK = new Verdict(false, "");

  public Verdict {
    message = message == null ? "" : message;
    if (message.length() > MESSAGE_MAX) {
      message = message.substring(0, MESSAGE_MAX - 1) + '…';
    }
  }

  public static Verdict violated(String message) {
    return new Verdict(true, message);
  }
}
