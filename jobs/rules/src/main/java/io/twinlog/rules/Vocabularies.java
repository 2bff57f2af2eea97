// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.cel.Variable;
import io.twinlog.cel.Variable.Kind;
import io.twinlog.cel.Vocabulary;
import java.util.List;

/** What the conditions of rules can speak of, by where they stand: docs/rules.md has the table. */
public final class Vocabularies {
  private static final Variable DATA = Variable.of("data", Kind.RECORD);
  private static final Variable MODEL = Variable.of("model", Kind.TEXT);
  private static final Variable DEVICE_ID = Variable.of("device_id", Kind.TEXT);
  private static final Variable SCORE = Variable.of("score", Kind.NUMBER);

  /** {@code validation.requirements[].require}. */
  public static final Vocabulary REQUIREMENT =
      Vocabulary.of(
          new Variable(
              "event",
              Kind.RECORD,
              List.of(
                  "id",
                  "type",
                  "service_id",
                  "component_id",
                  "timestamp",
                  "priority",
                  "session_id",
                  "user_id")),
          Variable.of("payload", Kind.ANY));

  /** {@code quality.….expressions[].check}. */
  public static final Vocabulary CHECK =
      Vocabulary.of(
          Variable.of("value", Kind.NUMBER),
          DATA,
          Variable.of("metric", Kind.TEXT),
          MODEL,
          DEVICE_ID,
          Variable.of("age_ms", Kind.WHOLE));

  /** {@code quality.anomalies[].when}. */
  public static final Vocabulary ANOMALY =
      Vocabulary.of(SCORE, Variable.of("flags", Kind.TEXTS), DATA, MODEL, DEVICE_ID);

  /** {@code quality.triggers[].when}. */
  public static final Vocabulary TRIGGER =
      Vocabulary.of(Variable.of("result", Kind.ANY), DATA, SCORE, MODEL, DEVICE_ID);

  private Vocabularies() {}
}
