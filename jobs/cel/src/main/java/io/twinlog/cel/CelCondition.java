// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.twinlog.cel.Work.TooMuch;
import io.twinlog.domain.rules.Condition;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A compiled condition. Nothing is compiled when it is asked; threads may share it. */
final class CelCondition implements Condition {
  private static final Pattern PLACE = Pattern.compile("at <input>:(\\d+)");
  private static final Pattern QUOTED = Pattern.compile("(?:key|field|function) '([^']{1,64})'");

  private final String text;
  private final Program program;

  CelCondition(String text, Program program) {
    this.text = text;
    this.program = program;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public boolean holds(Map<String, ?> facts) {
    Object result;
    Work.begin();
    try {
      result = program.eval(facts);
    } catch (CelEvaluationException e) {
      throw new Undecided(e.getCause() instanceof TooMuch much ? much.getMessage() : why(e), null);
    } catch (RuntimeException e) {
      // What the language meets in values that it was not made for; the input's fault, not ours.
      throw new Undecided("it cannot be evaluated: " + e.getClass().getSimpleName(), null);
    }
    if (result instanceof Boolean decided) {
      return decided;
    }
    throw new Undecided("it is neither true nor false", null);
  }

  /** Our own words: those of the library may change, and hold values. */
  private static String why(CelEvaluationException e) {
    String told = String.valueOf(e.getMessage());
    Matcher place = PLACE.matcher(told);
    return what(e.getErrorCode(), told)
        + (place.find() ? ", at character " + (Integer.parseInt(place.group(1)) + 1) : "");
  }

  private static String what(CelErrorCode code, String told) {
    Matcher name = QUOTED.matcher(told);
    boolean named = name.find();
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND ->
          named ? "there is no field '" + name.group(1) + "'" : "a field is not there";
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD ->
          (named ? "'" + Wording.operator(name.group(1)) + "'" : "an operator")
              + " cannot be applied to values of these types";
      case INDEX_OUT_OF_BOUNDS -> "an index is outside of its list";
      case DIVIDE_BY_ZERO -> "it divides by zero";
      case NUMERIC_OVERFLOW -> "a number is out of range";
      case ITERATION_BUDGET_EXCEEDED -> "it takes more than " + Limits.STEPS_MAX + " steps";
      case BAD_FORMAT, INVALID_ARGUMENT -> "a value cannot be converted";
      case DUPLICATE_ATTRIBUTE -> "a map has a key twice";
      case TYPE_NOT_FOUND, INTERNAL_ERROR -> "it cannot be evaluated";
    };
  }
}
