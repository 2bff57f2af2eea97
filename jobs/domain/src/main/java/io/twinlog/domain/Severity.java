// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.Locale;

/** How bad an error or a fault is; mildest first. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** As it is written in records: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Severity of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
