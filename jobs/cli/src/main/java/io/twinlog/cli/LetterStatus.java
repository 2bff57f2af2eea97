// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.Locale;

/** What was decided about a dead letter, as far as the topics still tell. */
enum LetterStatus {
  /** Nothing yet, or its redrive was refused. */
  OPEN,
  /** It was tried again; if that failed, another letter tells. */
  REDRIVEN,
  DISCARDED,
  /** Nothing is retained that would tell: results of that time are deleted. */
  UNKNOWN;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
