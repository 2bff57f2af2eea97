// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.cel.Compiled;
import io.twinlog.cel.Compiled.Fault;
import io.twinlog.cel.Compiled.Problem;
import io.twinlog.cel.Compiled.Sound;
import io.twinlog.cel.Compiled.Unsound;
import io.twinlog.cel.Conditions;
import io.twinlog.cel.Vocabulary;
import io.twinlog.domain.rules.Condition;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.text.Node.Text;
import io.twinlog.rules.text.Scalars;
import io.twinlog.rules.text.Scalars.Meaning;
import java.util.Optional;

/** Reads the conditions of a document, and says of a wrong one where in the document it is so. */
final class ConditionReader {
  private final Conditions conditions = new Conditions();
  private final Findings findings;
  private final Values values;
  private int read;

  ConditionReader(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  Optional<Condition> read(Value value, Vocabulary vocabulary) {
    if (!(value.node() instanceof Text text) || Scalars.is(text, Meaning.NULL)) {
      values.wrongType(value, "a condition");
      return Optional.empty();
    }
    read++;
    if (read > RuleLimits.EXPRESSIONS_MAX) {
      if (read == RuleLimits.EXPRESSIONS_MAX + 1) {
        findings.add(
            value.spot(),
            FindingCode.TOO_MANY,
            "this is one condition more than the "
                + RuleLimits.EXPRESSIONS_MAX
                + " that a document may have");
      }
      return Optional.empty();
    }
    Compiled compiled = conditions.compile(text.value(), vocabulary);
    if (compiled instanceof Sound sound) {
      return Optional.of(sound.condition());
    }
    for (Problem problem : ((Unsound) compiled).problems()) {
      findings.add(spot(value, problem), code(problem.fault()), problem.message());
    }
    return Optional.empty();
  }

  private static Spot spot(Value value, Problem problem) {
    Text text = (Text) value.node();
    return new Spot(
        text.source().place(text.value(), problem.line(), problem.column()), value.path());
  }

  private static FindingCode code(Fault fault) {
    return switch (fault) {
      case SYNTAX -> FindingCode.EXPRESSION_SYNTAX;
      case TYPE -> FindingCode.EXPRESSION_TYPE;
      case LIMIT -> FindingCode.EXPRESSION_LIMIT;
    };
  }
}
