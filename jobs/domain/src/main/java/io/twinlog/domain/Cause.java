// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.Locale;

/** What made an aggregate change. */
public enum Cause {
  /** An event said so. */
  ANNOUNCED,
  /** Time alone: a deadline passed. */
  TIMEOUT,
  /** A fault was opened or cleared. */
  FAULT,
  /** A command. */
  COMMAND;

  /** As it is written in records: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Cause of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
