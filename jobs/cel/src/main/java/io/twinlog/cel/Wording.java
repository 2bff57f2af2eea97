// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import dev.cel.common.CelIssue;
import io.twinlog.cel.Compiled.Fault;
import io.twinlog.cel.Compiled.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the compiler of CEL has found so that it tells what to do. */
final class Wording {
  private static final int LENGTH_MAX = 200;
  private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '(.*?)' .*");
  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '(.*?)' applied to '(.*?)' .*");
  private static final Pattern RESULT = Pattern.compile("expected type 'bool' but found '(.*)'");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?:mismatched input|extraneous input|token recognition error at:"
              + "|no viable alternative at input) ?'(.*?)'(?: expecting .*)?",
          Pattern.DOTALL);
  private static final Pattern TOO_DEEP = Pattern.compile("(?i).*recursion limit exceeded.*");

  private static final Map<String, String> MEANT =
      Map.of(
          "and", "; 'and' is written &&",
          "or", "; 'or' is written ||",
          "not", "; 'not' is written !",
          "=", "; equality is written ==",
          "=>", "; it is written >=",
          "=<", "; it is written <=",
          "<>", "; it is written !=",
          "&", "; 'and' is written &&",
          "|", "; 'or' is written ||");

  private final Vocabulary vocabulary;

  Wording(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** In the order of the text; of several errors of syntax the first: the others follow from it. */
  List<Problem> problems(Iterable<CelIssue> issues) {
    List<Problem> problems = new ArrayList<>();
    issues.forEach(issue -> problems.add(problem(issue)));
    problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    Optional<Problem> first =
        problems.stream().filter(problem -> problem.fault() != Fault.TYPE).findFirst();
    return first.map(List::of).orElse(problems);
  }

  private Problem problem(CelIssue issue) {
    String told = issue.getMessage();
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
    if (TOO_DEEP.matcher(told).matches()) {
      String message = "it is nested deeper than " + Limits.DEPTH_MAX + " levels: take it apart";
      return new Problem(Fault.LIMIT, line, column, message);
    }
    Optional<String> type = type(told);
    return type.isPresent()
        ? new Problem(Fault.TYPE, line, column, type.get())
        : new Problem(Fault.SYNTAX, line, column, syntax(told));
  }

  private Optional<String> type(String told) {
    Matcher unknown = UNKNOWN.matcher(told);
    if (unknown.matches()) {
      String name = unknown.group(1);
      return Optional.of(
          "nothing here is called '"
              + name
              + "', there are "
              + String.join(", ", vocabulary.names())
              + Names.hint(name, vocabulary.names()));
    }
    Matcher overload = OVERLOAD.matcher(told);
    if (overload.matches()) {
      return Optional.of(
          "'" + operator(overload.group(1)) + "' cannot be applied to " + overload.group(2));
    }
    Matcher result = RESULT.matcher(told);
    if (result.matches()) {
      return Optional.of("a condition must be true or false, this is " + result.group(1));
    }
    return told.contains("does not support") ? Optional.of(told) : Optional.empty();
  }

  private static String syntax(String told) {
    Matcher token = TOKEN.matcher(told);
    if (!token.matches()) {
      return told.length() <= LENGTH_MAX ? told : told.substring(0, LENGTH_MAX - 1) + '…';
    }
    String found = token.group(1).strip();
    if (found.equals("<EOF>")) {
      return "the condition ends too early";
    }
    if (found.startsWith("'") || found.startsWith("\"")) {
      return "a string does not end: " + found;
    }
    return "'" + found + "' is not understood here" + MEANT.getOrDefault(found, "");
  }

  /** As it is written in a condition: {@code >}, not {@code _>_}. */
  static String operator(String function) {
    return switch (function) {
      case "@in" -> "in";
      case "_?_:_" -> "?:";
      case "_[_]" -> "[]";
      default -> function.replace("_", "").isEmpty() ? function : stripped(function);
    };
  }

  private static String stripped(String function) {
    boolean symbol = function.startsWith("_") || function.endsWith("_");
    return symbol ? function.replaceAll("^_|_$", "") : function;
  }
}
