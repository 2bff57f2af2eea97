// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.rules.FindingCode;
import java.util.HashMap;
import java.util.Map;

/** Names that must differ from one another. */
final class Taken {
  private final Findings findings;
  private final Map<String, Spot> first = new HashMap<>();

  Taken(Findings findings) {
    this.findings = findings;
  }

  /** Takes a name; reports where it was taken before. */
  void take(Spot spot, String name) {
    Spot before = first.putIfAbsent(name, spot);
    if (before != null) {
      findings.add(
          spot,
          FindingCode.DUPLICATE_NAME,
          "'" + name + "' is there already, in line " + before.place().line());
    }
  }
}
