// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A merge patch of {@link Values}: what is set, and which names are removed. */
public record Patch(Values set, SortedSet<String> removed) {
  public Patch {
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
  }

  public static Patch setting(Values values) {
    return new Patch(values, Collections.emptySortedSet());
  }

  public boolean isEmpty() {
    return set.size() == 0 && removed.isEmpty();
  }
}
