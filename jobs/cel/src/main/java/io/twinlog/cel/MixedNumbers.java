// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/**
 * Lets whole numbers and others be mixed: {@code value + 1}, {@code value == 79}, {@code data.a +
 * data.b}. CEL itself only compares them by size; JSON tells 21 from 21.5, and no sensor means it.
 */
final class MixedNumbers {
  private static final String MIXED = "twinlog_";
  private static final Map<String, DoubleBinaryOperator> ARITHMETIC =
      Map.of(
          "_+_", (left, right) -> left + right,
          "_-_", (left, right) -> left - right,
          "_*_", (left, right) -> left * right,
          "_/_", (left, right) -> left / right);

  /** What CEL calls its own overload, which takes every kind of number, by the operator. */
  private static final Map<String, String> EQUALITY =
      Map.of("_==_", "equals", "_!=_", "not_equals", "@in", "in_list");

  private MixedNumbers() {}

  static List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    for (String operator : ARITHMETIC.keySet()) {
      declarations.add(declare(operator, operator, SimpleType.DOUBLE, false));
    }
    EQUALITY.forEach(
        (operator, overload) ->
            declarations.add(declare(operator, overload, SimpleType.BOOL, operator.equals("@in"))));
    return declarations;
  }

  private static CelFunctionDecl declare(
      String operator, String overload, CelType result, boolean list) {
    CelType whole = list ? ListType.create(SimpleType.INT) : SimpleType.INT;
    CelType number = list ? ListType.create(SimpleType.DOUBLE) : SimpleType.DOUBLE;
    return CelFunctionDecl.newFunctionDeclaration(
        operator,
        CelOverloadDecl.newGlobalOverload(
            MIXED + "dl:" + overload, result, SimpleType.DOUBLE, whole),
        CelOverloadDecl.newGlobalOverload(
            MIXED + "ld:" + overload, result, SimpleType.INT, number));
  }

  static List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    ARITHMETIC.forEach(
        (operator, function) -> {
          bindings.add(
              CelFunctionBinding.from(
                  MIXED + "dl:" + operator,
                  Double.class,
                  Long.class,
                  (left, right) -> function.applyAsDouble(left, right)));
          bindings.add(
              CelFunctionBinding.from(
                  MIXED + "ld:" + operator,
                  Long.class,
                  Double.class,
                  (left, right) -> function.applyAsDouble(left, right)));
        });
    return bindings;
  }

  /** The tree with CEL's own equality, where the check chose ours: it takes mixed numbers, too. */
  static CelAbstractSyntaxTree settle(CelAbstractSyntaxTree tree) {
    Map<Long, CelReference> settled = new HashMap<>();
    tree.getReferenceMap().forEach((id, reference) -> settled.put(id, settle(reference)));
    return CelAbstractSyntaxTree.newCheckedAst(
        tree.getExpr(), tree.getSource(), settled, tree.getTypeMap());
  }

  private static CelReference settle(CelReference reference) {
    Set<String> overloads = new LinkedHashSet<>();
    for (String overload : reference.overloadIds()) {
      String own = overload.substring(overload.indexOf(':') + 1);
      overloads.add(overload.startsWith(MIXED) && EQUALITY.containsValue(own) ? own : overload);
    }
    CelReference.Builder builder =
        CelReference.newBuilder().setName(reference.name()).addOverloadIds(overloads);
    reference.value().ifPresent(builder::setValue);
    return builder.build();
  }
}
