// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.twinlog.cel.Compiled.Fault;
import io.twinlog.cel.Compiled.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles conditions: parses them, checks their types, and refuses what they could not do within
 * bounds ({@link Limits}). Times, durations and whatever else depends on the machine are not part
 * of the language here.
 *
 * <p>One for each document of rules, as it holds what its conditions share.
 */
public final class Conditions {
  /** What {@code null} of JSON is among facts; Java's null is none. */
  public static final Object NOTHING = NullValue.NULL_VALUE;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(Limits.LENGTH_MAX)
          .maxParseRecursionDepth(Limits.DEPTH_MAX)
          .comprehensionMaxIterations(Limits.STEPS_MAX)
          .build();

  /** Immutable, slow to make, and as many as there are places for conditions. */
  private static final Map<Vocabulary, CelCompiler> COMPILERS = new ConcurrentHashMap<>();

  private final Patterns patterns = new Patterns();
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardFunctions(BoundedFunctions.others())
          .addFunctionBindings(BoundedFunctions.bindings(OPTIONS))
          .addFunctionBindings(patterns.bindings())
          .addFunctionBindings(MixedNumbers.bindings())
          .build();

  /** Compiles a condition that may speak of the variables of a vocabulary. */
  public Compiled compile(String text, Vocabulary vocabulary) {
    int length = text.codePointCount(0, text.length());
    if (length > Limits.LENGTH_MAX) {
      String message =
          "a condition has at most " + Limits.LENGTH_MAX + " characters, this has " + length;
      return new Compiled.Unsound(List.of(new Problem(Fault.LIMIT, 1, 1, message)));
    }
    CelValidationResult result =
        COMPILERS.computeIfAbsent(vocabulary, Conditions::compiler).compile(text);
    if (result.hasError()) {
      return new Compiled.Unsound(new Wording(vocabulary).problems(result.getErrors()));
    }
    try {
      return sound(text, vocabulary, result.getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("CEL has let it pass: " + text, e);
    }
  }

  private Compiled sound(String text, Vocabulary vocabulary, CelAbstractSyntaxTree tree)
      throws CelEvaluationException {
    List<Problem> problems = new TreeCheck(tree, vocabulary, patterns).problems();
    return problems.isEmpty()
        ? new Compiled.Sound(
            new CelCondition(text, runtime.createProgram(MixedNumbers.settle(tree))))
        : new Compiled.Unsound(problems);
  }

  private static CelCompiler compiler(Vocabulary vocabulary) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .excludeFunctions(
                        CelStandardDeclarations.StandardFunction.TIMESTAMP,
                        CelStandardDeclarations.StandardFunction.DURATION)
                    .build())
            .addFunctionDeclarations(MixedNumbers.declarations())
            .setResultType(SimpleType.BOOL);
    for (Variable variable : vocabulary.variables()) {
      builder.addVar(variable.name(), type(variable.kind()));
    }
    return builder.build();
  }

  private static CelType type(Variable.Kind kind) {
    return switch (kind) {
      case NUMBER -> SimpleType.DOUBLE;
      case WHOLE -> SimpleType.INT;
      case TEXT -> SimpleType.STRING;
      case TEXTS -> ListType.create(SimpleType.STRING);
      case RECORD -> MapType.create(SimpleType.STRING, SimpleType.DYN);
      case ANY -> SimpleType.DYN;
    };
  }
}
