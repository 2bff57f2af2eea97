// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named values, in the order of their names, as attributes and configurations hold them. */
public record Values(SortedMap<String, Scalar> entries) {
  public static final Values NONE = new Values(new TreeMap<>());

  public Values {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  public static Values of(Map<String, Scalar> entries) {
    return new Values(new TreeMap<>(entries));
  }

  public int size() {
    return entries.size();
  }

  /** These values after a merge patch (RFC 7396, one level deep). */
  public Values patched(Patch patch) {
    TreeMap<String, Scalar> result = new TreeMap<>(entries);
    patch.removed().forEach(result::remove);
    result.putAll(patch.set().entries());
    return new Values(result);
  }

  /** Those of these values that {@code other} does not hold alike. */
  public Values notIn(Values other) {
    if (entries.isEmpty()) {
      return NONE;
    }
    TreeMap<String, Scalar> result = new TreeMap<>(entries);
    result.entrySet().removeIf(entry -> entry.getValue().equals(other.entries.get(entry.getKey())));
    return new Values(result);
  }

  /** The patch that turns these values into {@code target}. */
  public Patch patchTo(Values target) {
    TreeMap<String, Scalar> gone = new TreeMap<>(entries);
    gone.keySet().removeAll(target.entries.keySet());
    return new Patch(target.notIn(this), gone.navigableKeySet());
  }
}
