// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The patterns of all {@code matches} of some conditions, compiled once: RE2, which takes time in
 * proportion to the text, whatever the pattern. Threads share it.
 */
final class Patterns {
  private final ConcurrentHashMap<String, Pattern> compiled = new ConcurrentHashMap<>();

  /** Compiles a pattern; says what is wrong with it. */
  Optional<String> add(String pattern) {
    try {
      Pattern made = Pattern.compile(pattern);
      if (made.programSize() > Limits.PATTERN_MAX) {
        return Optional.of(
            "the pattern of matches() is too large: "
                + made.programSize()
                + " instructions, at most "
                + Limits.PATTERN_MAX);
      }
      compiled.put(pattern, made);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "the pattern of matches() is no RE2: " + e.getDescription() + ": " + e.getPattern());
    }
  }

  List<CelFunctionBinding> bindings() {
    return List.of(
        CelFunctionBinding.from("matches", String.class, String.class, this::find),
        CelFunctionBinding.from("matches_string", String.class, String.class, this::find));
  }

  /** Anywhere in the text, as CEL has it. */
  private boolean find(String text, String pattern) throws CelEvaluationException {
    Pattern made = compiled.get(pattern);
    Work.now().search(text.length(), made.programSize());
    return made.matcher(text).find();
  }
}
