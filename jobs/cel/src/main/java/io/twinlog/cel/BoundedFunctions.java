// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.common.CelOptions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CEL's own functions that look at, or make, more than one value at a time: the same, but what they
 * do counts as {@link Work}. CEL itself counts the steps of macros alone.
 */
final class BoundedFunctions {
  private static final Set<String> JOINING = Set.of("add_list", "add_string", "add_bytes");

  private BoundedFunctions() {}

  /** CEL's functions without these; patterns are ours, too. */
  static CelStandardFunctions others() {
    return CelStandardFunctions.newBuilder()
        .excludeFunctions(
            StandardFunction.MATCHES,
            StandardFunction.ADD,
            StandardFunction.EQUALS,
            StandardFunction.NOT_EQUALS,
            StandardFunction.IN,
            StandardFunction.CONTAINS)
        .build();
  }

  static List<CelFunctionBinding> bindings(CelOptions options) {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    CelStandardFunctions.newBuilder()
        .includeFunctions(
            StandardFunction.ADD,
            StandardFunction.EQUALS,
            StandardFunction.NOT_EQUALS,
            StandardFunction.IN,
            StandardFunction.CONTAINS)
        .build()
        .newFunctionBindings(RuntimeEquality.create(RuntimeHelpers.create(), options), options)
        .forEach(own -> bindings.add(bounded(own)));
    return bindings;
  }

  private static CelFunctionBinding bounded(CelFunctionBinding own) {
    String overload = own.getOverloadId();
    return CelFunctionBinding.from(
        overload, own.getArgTypes(), body(overload, own.getDefinition()));
  }

  private static CelFunctionOverload body(String overload, CelFunctionOverload own) {
    if (JOINING.contains(overload)) {
      return arguments -> joined(own, arguments);
    }
    return switch (overload) {
      case "equals", "not_equals" -> arguments -> compared(own, arguments);
      case "in_list" -> arguments -> sought(own, arguments);
      case "contains_string" -> arguments -> found(own, arguments);
      default -> own;
    };
  }

  /**
   * What a macro collects grows by one item a step, and is not copied: the right one counts, with
   * all that is in it, as lists of lists can grow at each step.
   */
  private static Object joined(CelFunctionOverload own, Object[] arguments)
      throws CelEvaluationException {
    Work work = Work.now();
    if (arguments[0] instanceof List<?> left && arguments[1] instanceof List<?> right) {
      work.list((long) left.size() + right.size());
      work.items(1);
      work.all(right);
    }
    if (arguments[0] instanceof String left && arguments[1] instanceof String right) {
      work.text((long) left.length() + right.length());
    }
    return own.apply(arguments);
  }

  private static Object compared(CelFunctionOverload own, Object[] arguments)
      throws CelEvaluationException {
    Work work = Work.now();
    if (isMany(arguments[0]) && isMany(arguments[1])) {
      work.all(arguments[0]);
      work.all(arguments[1]);
    }
    return own.apply(arguments);
  }

  private static Object sought(CelFunctionOverload own, Object[] arguments)
      throws CelEvaluationException {
    Work.now().all(arguments[1]);
    return own.apply(arguments);
  }

  private static Object found(CelFunctionOverload own, Object[] arguments)
      throws CelEvaluationException {
    Work.now().search(((String) arguments[0]).length(), ((String) arguments[1]).length());
    return own.apply(arguments);
  }

  private static boolean isMany(Object value) {
    return value instanceof Collection<?> || value instanceof Map<?, ?>;
  }
}
