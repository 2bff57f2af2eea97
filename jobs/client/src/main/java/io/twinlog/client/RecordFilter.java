// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.cel.Compiled;
import io.twinlog.cel.Compiled.Problem;
import io.twinlog.cel.Conditions;
import io.twinlog.cel.Variable;
import io.twinlog.cel.Variable.Kind;
import io.twinlog.cel.Vocabulary;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.rules.Condition.Undecided;
import io.twinlog.wire.json.PlainJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which records a subscriber is told of: a condition in CEL, the language of the rules, over {@code
 * topic}, {@code key}, {@code type} and {@code value}.
 */
public final class RecordFilter {
  private static final Vocabulary VOCABULARY =
      Vocabulary.of(
          Variable.of("topic", Kind.TEXT),
          Variable.of("key", Kind.TEXT),
          Variable.of("type", Kind.TEXT),
          Variable.of("value", Kind.ANY));

  private final Optional<Condition> condition;

  private RecordFilter(Optional<Condition> condition) {
    this.condition = condition;
  }

  /**
   * Reads one.
   *
   * @param text empty: everything passes
   * @throws IllegalArgumentException when it is no condition; the message says all that is wrong,
   *     and where
   */
  public static RecordFilter of(String text) {
    if (text.isBlank()) {
      return new RecordFilter(Optional.empty());
    }
    Compiled compiled = new Conditions().compile(text, VOCABULARY);
    if (compiled instanceof Compiled.Unsound unsound) {
      throw new IllegalArgumentException(
          "the filter '%s' is no condition: %s"
              .formatted(
                  text,
                  unsound.problems().stream()
                      .map(RecordFilter::text)
                      .collect(Collectors.joining("; "))));
    }
    return new RecordFilter(Optional.of(((Compiled.Sound) compiled).condition()));
  }

  private static String text(Problem problem) {
    return "%d:%d: %s".formatted(problem.line(), problem.column(), problem.message());
  }

  /** Whether it passes; one of which it cannot be said, as a field is missing, does not. */
  public boolean passes(Received record) {
    if (condition.isEmpty()) {
      return true;
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("topic", record.topic());
    facts.put("key", record.key());
    facts.put("type", record.type());
    facts.put("value", PlainJson.of(record.json(), Conditions.NOTHING));
    try {
      return condition.get().holds(facts);
    } catch (Undecided e) {
      return false;
    }
  }
}
