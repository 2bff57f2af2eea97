// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** How what does not hold is told. */
final class Failures {
  private Failures() {}

  static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new AssertionError(values.length == 0 ? otherwise : otherwise.formatted(values));
    }
  }

  static void requireContains(String what, String text, String part) {
    require(text.contains(part), "expected %s with \"%s\", was \"%s\"", what, part, text);
  }

  static String lines(List<?> lines) {
    return lines.isEmpty()
        ? "  (none)"
        : lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }

  static String reasons(List<Reason> reasons) {
    return lines(
        reasons.stream()
            .map(r -> "%s: %s: %s".formatted(r.path(), r.code(), r.message()))
            .toList());
  }
}
