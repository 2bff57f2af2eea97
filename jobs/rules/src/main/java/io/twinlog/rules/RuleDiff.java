// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.rules.RuleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What differs between two sets of rules: what they say, not how it is written. Defaults that are
 * spelled out, the order of keys and the layout of the text make no difference.
 */
public final class RuleDiff {
  private RuleDiff() {}

  /** What became of a value. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One difference.
   *
   * @param before empty: it was not there
   * @param after empty: it is not there any more
   */
  public record Change(Kind kind, String path, String before, String after) {}

  /** All differences, in the order of the paths; none: both say the same. */
  public static List<Change> between(RuleSet before, RuleSet after) {
    SortedMap<String, String> old = RuleView.of(before);
    SortedMap<String, String> now = RuleView.of(after);
    TreeSet<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String path : paths) {
      change(path, old.get(path), now.get(path)).ifPresent(changes::add);
    }
    return changes;
  }

  private static Optional<Change> change(String path, String before, String after) {
    if (path.endsWith(RuleView.ORDER)) {
      boolean moved = before != null && after != null && !inOneOrder(before, after);
      return moved ? Optional.of(new Change(Kind.CHANGED, path, before, after)) : Optional.empty();
    }
    if (before == null) {
      return Optional.of(new Change(Kind.ADDED, path, "", after));
    }
    if (after == null) {
      return Optional.of(new Change(Kind.REMOVED, path, before, ""));
    }
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(new Change(Kind.CHANGED, path, before, after));
  }

  /** Whether the names that both have stand in the same order. */
  private static boolean inOneOrder(String before, String after) {
    List<String> old = new ArrayList<>(Arrays.asList(before.split(", ")));
    List<String> now = new ArrayList<>(Arrays.asList(after.split(", ")));
    List<String> olds = List.copyOf(old);
    old.retainAll(now);
    now.retainAll(olds);
    return old.equals(now);
  }
}
