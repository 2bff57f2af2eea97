// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.time.Duration;

/** How long the load of a proof lasts, where somebody wants it shorter than it should be. */
final class ProveTime {
  private ProveTime() {}

  /** What the system property {@code twinlog.prove.seconds} says; without it the usual time. */
  static Duration orElse(Duration usual) {
    String seconds = System.getProperty("twinlog.prove.seconds", "");
    return seconds.isBlank() ? usual : Duration.ofSeconds(Long.parseLong(seconds));
  }
}
