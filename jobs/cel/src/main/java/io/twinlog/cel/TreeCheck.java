// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import io.twinlog.cel.Compiled.Fault;
import io.twinlog.cel.Compiled.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the type check of CEL lets pass, and we do not: patterns and fields of records. */
final class TreeCheck {
  private static final String MATCHES = "matches";

  private final CelAbstractSyntaxTree tree;
  private final Vocabulary vocabulary;
  private final Patterns patterns;
  private final List<Problem> problems = new ArrayList<>();

  TreeCheck(CelAbstractSyntaxTree tree, Vocabulary vocabulary, Patterns patterns) {
    this.tree = tree;
    this.vocabulary = vocabulary;
    this.patterns = patterns;
  }

  List<Problem> problems() {
    CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> check(node.expr()));
    problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return problems;
  }

  private void check(CelExpr expression) {
    if (expression.getKind() == ExprKind.Kind.CALL
        && expression.call().function().equals(MATCHES)) {
      checkPattern(expression.call());
    }
    if (expression.getKind() == ExprKind.Kind.SELECT) {
      checkField(expression, expression.select());
    }
  }

  private void checkPattern(CelCall matches) {
    CelExpr pattern = matches.args().get(matches.args().size() - 1);
    if (pattern.getKind() != ExprKind.Kind.CONSTANT
        || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      add(pattern, 0, Fault.TYPE, "the pattern of matches() must stand there as a string");
      return;
    }
    patterns
        .add(pattern.constant().stringValue())
        .ifPresent(wrong -> add(pattern, 0, Fault.TYPE, wrong));
  }

  private void checkField(CelExpr expression, CelSelect select) {
    if (select.operand().getKind() != ExprKind.Kind.IDENT) {
      return;
    }
    vocabulary
        .find(select.operand().ident().name())
        .map(Variable::fields)
        .filter(fields -> !fields.isEmpty() && !fields.contains(select.field()))
        .ifPresent(
            fields ->
                add(
                    expression,
                    1,
                    Fault.TYPE,
                    "'"
                        + select.operand().ident().name()
                        + "' has no field '"
                        + select.field()
                        + "', only "
                        + String.join(", ", fields)
                        + Names.hint(select.field(), fields)));
  }

  private void add(CelExpr at, int further, Fault fault, String message) {
    CelSource source = tree.getSource();
    int offset = source.getPositionsMap().getOrDefault(at.id(), 0) + further;
    CelSourceLocation place = source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
    problems.add(new Problem(fault, place.getLine(), place.getColumn() + 1, message));
  }
}
