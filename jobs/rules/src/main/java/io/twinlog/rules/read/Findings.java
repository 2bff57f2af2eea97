// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.rules.Finding;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.text.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a document, each thing once. */
final class Findings {
  private static final Comparator<Finding> IN_ORDER =
      Comparator.comparingInt(Finding::line)
          .thenComparingInt(Finding::column)
          .thenComparing(Finding::path);

  private static final int MESSAGE_MAX = 500;

  private final Set<Finding> all = new LinkedHashSet<>();

  void add(Spot spot, FindingCode code, String message) {
    add(spot, code.text(), message);
  }

  void add(Spot spot, String code, String message) {
    Place place = spot.place();
    all.add(new Finding(place.line(), place.column(), spot.path(), code, cut(message)));
  }

  /** What is quoted of a document may be as long as the document. */
  private static String cut(String message) {
    return message.codePointCount(0, message.length()) <= MESSAGE_MAX
        ? message
        : message.substring(0, message.offsetByCodePoints(0, MESSAGE_MAX - 1)) + '…';
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** In the order of the document; no more than are listed. */
  List<Finding> inOrder() {
    List<Finding> sorted = new ArrayList<>(all);
    sorted.sort(IN_ORDER);
    if (sorted.size() <= RuleLimits.FINDINGS_MAX) {
      return sorted;
    }
    List<Finding> listed = new ArrayList<>(sorted.subList(0, RuleLimits.FINDINGS_MAX));
    listed.add(
        new Finding(
            0,
            0,
            "",
            FindingCode.MORE_FINDINGS.text(),
            sorted.size() - listed.size() + " more findings are not listed: mend these first"));
    return listed;
  }
}
