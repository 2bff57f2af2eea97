// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.cel.Compiled.Fault;
import io.twinlog.cel.Compiled.Problem;
import io.twinlog.cel.Compiled.Sound;
import io.twinlog.cel.Compiled.Unsound;
import io.twinlog.cel.Variable.Kind;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.rules.Condition.Undecided;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(
          Variable.of("value", Kind.NUMBER),
          Variable.of("age_ms", Kind.WHOLE),
          Variable.of("model", Kind.TEXT),
          Variable.of("flags", Kind.TEXTS),
          new Variable("event", Kind.RECORD, List.of("type", "user_id")),
          Variable.of("data", Kind.RECORD),
          Variable.of("result", Kind.ANY));

  private static final Map<String, Object> FACTS =
      Map.of(
          "value",
          79.0,
          "age_ms",
          5L,
          "model",
          "thermo-2",
          "flags",
          List.of("temperature/range", "range"),
          "event",
          Map.of("type", "order.placed"),
          "data",
          Map.of("t", 21.5, "n", 21L, "mode", "boost", "on", true),
          "result",
          Map.of(
              "failing",
              0.95,
              "none",
              Conditions.NOTHING,
              "list",
              List.of(1L, 2.5, Conditions.NOTHING)));

  private final Conditions conditions = new Conditions();

  private Condition sound(String text) {
    Compiled compiled = conditions.compile(text, WORDS);
    assertThat(compiled).as(text).isInstanceOf(Sound.class);
    return ((Sound) compiled).condition();
  }

  private Problem onlyProblem(String text) {
    Compiled compiled = conditions.compile(text, WORDS);
    assertThat(compiled).as(text).isInstanceOf(Unsound.class);
    assertThat(((Unsound) compiled).problems()).as(text).hasSize(1);
    return ((Unsound) compiled).problems().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value < 80 || data.mode == 'none'",
        "value == 79",
        "value != 3",
        "age_ms == 5.0",
        "value in [79, 80]",
        "age_ms in [5.0]",
        "value + 1 > 79",
        "1 - value < 0.0",
        "data.n == 21.0",
        "data.t * 2 == 43",
        "data.t + data.n > 42",
        "data.n / 2.0 == 10.5",
        "data.n in [21.0, 3.0]",
        "data['mode'].matches('^bo+st$')",
        "'range' in flags",
        "flags.exists(f, f.startsWith('temperature/'))",
        "has(event.user_id) || event.type == 'order.placed'",
        "!has(data.missing)",
        "result.none == null",
        "result.list[2] == null && result.list[0] == 1.0",
        "result.list.exists(x, x == 2.5)",
        "has(result.failing) && result.failing > 0.9",
        "model != 'x' // as it stands",
        "true || data.missing > 1",
      })
  void holds(String text) {
    assertThat(sound(text).holds(FACTS)).isTrue();
  }

  @Test
  void doesNotHold() {
    assertThat(sound("value > 79").holds(FACTS)).isFalse();
    assertThat(sound("result.none == 0").holds(FACTS)).isFalse();
    assertThat(sound("value > 79").text()).isEqualTo("value > 79");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.missing > 1          | there is no field 'missing', at character 5
          data.x.y.z == 1           | there is no field 'x', at character 5
          data.mode.length == 1     | there is no field 'length', at character 10
          data.mode > 3             | '>' cannot be applied to values of these types, at character 11
          data.t % 2 == 1           | '%' cannot be applied to values of these types, at character 8
          data.mode + 1 == 'a'      | '+' cannot be applied to values of these types, at character 11
          age_ms / 0 > 1            | it divides by zero, at character 8
          age_ms + 9223372036854775807 > 1 | a number is out of range, at character 8
          result.list[9] == 1       | an index is outside of its list, at character 12
          double(data.mode) > 1     | a value cannot be converted, at character 7
          data.t                    | it is neither true nor false
          result.none > 1           | '>' cannot be applied to values of these types, at character 13
          """)
  void saysWhyItCannotBeDecided(String text, String why) {
    assertThatThrownBy(() -> sound(text).holds(FACTS))
        .isInstanceOf(Undecided.class)
        .hasMessage(why);
  }

  @Test
  void isUndecidedOnFactsThatAreNone() {
    Condition condition = sound("result.x == 1");
    Map<String, Object> nothing = Collections.singletonMap("result", null);
    Map<String, Object> within = Map.of("result", Collections.singletonMap("x", null));
    Map<String, Object> inList = Map.of("result", Map.of("x", Arrays.asList(1L, null)));

    assertThatThrownBy(() -> condition.holds(Map.of())).isInstanceOf(Undecided.class);
    assertThatThrownBy(() -> condition.holds(nothing)).isInstanceOf(Undecided.class);
    assertThatThrownBy(() -> condition.holds(within)).isInstanceOf(Undecided.class);
    assertThatThrownBy(() -> sound("result.x[1] == 1").holds(inList)).isInstanceOf(Undecided.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          value <                   | SYNTAX | 8  | the condition ends too early
          value > 3 and value < 5   | SYNTAX | 11 | 'and' is not understood here; 'and' is written &&
          value = 3                 | SYNTAX | 7  | '=' is not understood here; equality is written ==
          value => 3                | SYNTAX | 7  | '=>' is not understood here; it is written >=
          model == 'abc             | SYNTAX | 10 | a string does not end: 'abc
          value > 3)                | SYNTAX | 10 | ')' is not understood here
          ``                        | SYNTAX | 1  | the condition ends too early
          value                     | TYPE   | 1  | a condition must be true or false, this is double
          valeu > 3                 | TYPE   | 1  | nothing here is called 'valeu', there are age_ms, data, event, flags, model, result, value; did you mean 'value'?
          now() > 3                 | TYPE   | 4  | nothing here is called 'now', there are age_ms, data, event, flags, model, result, value
          value > 'x'               | TYPE   | 7  | '>' cannot be applied to (double, string)
          value == 'x'              | TYPE   | 7  | '==' cannot be applied to (double, string)
          model + 3 == 'x'          | TYPE   | 7  | '+' cannot be applied to (string, int)
          value.foo == 1            | TYPE   | 6  | type 'double' does not support field selection
          value.matches('a')        | TYPE   | 14 | 'matches' cannot be applied to double.(string)
          event.typ == 'a'          | TYPE   | 7  | 'event' has no field 'typ', only type, user_id; did you mean 'type'?
          model.matches('[')        | TYPE   | 15 | the pattern of matches() is no RE2: missing closing ]: [
          model.matches('(?=x)')    | TYPE   | 15 | the pattern of matches() is no RE2: invalid or unsupported Perl syntax: (?=
          model.matches(model)      | TYPE   | 15 | the pattern of matches() must stand there as a string
          model.matches('(a{1,99}){1,99}') | TYPE | 15 | the pattern of matches() is too large: 19801 instructions, at most 1000
          timestamp(age_ms) > 3     | TYPE   | 10 | nothing here is called 'timestamp', there are age_ms, data, event, flags, model, result, value
          """)
  void saysWhatIsWrong(String text, Fault fault, int column, String message) {
    assertThat(onlyProblem(text)).isEqualTo(new Problem(fault, 1, column, message));
  }

  @Test
  void saysAllThatDoesNotFit() {
    Compiled compiled = conditions.compile("value > 'x' &&\n  valeu < 3 &&\n 'é💩' == foo", WORDS);

    assertThat(((Unsound) compiled).problems())
        .extracting(Problem::line, Problem::column)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 7),
            org.assertj.core.groups.Tuple.tuple(2, 3),
            org.assertj.core.groups.Tuple.tuple(3, 10));
  }

  @Test
  void boundsTheLength() {
    String most = "true" + " ".repeat(Limits.LENGTH_MAX - 4);

    assertThat(sound(most).holds(FACTS)).isTrue();
    assertThat(onlyProblem(most + ' '))
        .isEqualTo(
            new Problem(
                Fault.LIMIT, 1, 1, "a condition has at most 2000 characters, this has 2001"));
  }

  @Test
  void boundsTheDepth() {
    String message = "it is nested deeper than 64 levels: take it apart";

    assertThat(sound("(".repeat(20) + "true" + ")".repeat(20)).holds(FACTS)).isTrue();
    assertThat(onlyProblem("(".repeat(99) + "true" + ")".repeat(99)).message()).isEqualTo(message);
    assertThat(onlyProblem("result" + ".a".repeat(900) + " == 1").message()).isEqualTo(message);
    assertThat(onlyProblem("value > 1" + " + 1".repeat(99)).fault()).isEqualTo(Fault.LIMIT);
    assertThat(sound("true" + " && true".repeat(240)).holds(FACTS)).isTrue();
    assertThat(sound("!".repeat(1_000) + "true").holds(FACTS)).isTrue();
  }

  @Test
  void boundsTheSteps() {
    String list = IntStream.range(0, 40).mapToObj(String::valueOf).toList().toString();
    Condition condition = sound(list + ".all(a, " + list + ".all(b, " + list + ".all(c, true)))");

    assertThatThrownBy(() -> condition.holds(FACTS))
        .isInstanceOf(Undecided.class)
        .hasMessageStartingWith("it takes more than 1000 steps");
  }

  private static Map<String, Object> result(Object result) {
    return Map.of("result", result);
  }

  private static List<Long> numbers(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private void isTooMuch(String text, Object result, String why) {
    Map<String, Object> facts = result(result);
    Condition condition = sound(text);

    assertThatThrownBy(() -> condition.holds(facts))
        .as(text)
        .isInstanceOf(Undecided.class)
        .hasMessageStartingWith(why);
    assertThat(sound("'a' + 'b' == 'ab' && 1 in [1]").holds(facts)).isTrue();
  }

  @Test
  void boundsTheTextsAndListsThatItMakes() {
    String doubled = ".map(x, x + x)".repeat(40);
    String text = "it makes a text of more than 65536 characters";
    String list = "it makes a list of more than 1000 items";

    isTooMuch("[result]" + doubled + ".exists(x, x == 'a')", "abc", text);
    isTooMuch("[result]" + doubled + ".exists(x, size(x) == 1)", List.of(1L), list);
    isTooMuch("size(result + result) > 1", "x".repeat(Limits.TEXT_MAX / 2 + 1), text);
    isTooMuch("size(result + result) > 1", numbers(501), list);
    assertThat(
            sound("size(result + result) == 65536").holds(result("x".repeat(Limits.TEXT_MAX / 2))))
        .isTrue();
    assertThat(sound("size(result + result) == 1000").holds(result(numbers(500)))).isTrue();
    assertThat(sound("size(result.map(x, x + 1)) == 900").holds(result(numbers(900)))).isTrue();
  }

  @Test
  void boundsTheTextsThatItMakesTogether() {
    isTooMuch(
        "size(result.l.map(x, result.t + result.t)) > 1",
        Map.of("l", numbers(900), "t", "x".repeat(30_000)),
        "it looks at more than 1048576 characters");
  }

  @Test
  void boundsWhatItComparesAndSearches() {
    List<Long> many = numbers(9_000);
    String items = "it looks at more than 10000 items";

    assertThat(sound("8999 in result").holds(result(many))).isTrue();
    isTooMuch("[1, 2, 3].all(x, x in result)", many, items);
    isTooMuch("result == result", many, items);
    isTooMuch("result != [result, result]", many, items);
    isTooMuch("result == result", Map.of("a", List.of(Map.of("b", many))), items);
    isTooMuch("[result]" + ".map(x, [x, x, x, x])".repeat(30) + " == [[result]]", "a", items);
    isTooMuch(
        "['c', 'd'].all(x, !result.contains(x))",
        "a".repeat(1_000_000) + "b",
        "it looks at more than 1048576 characters");
    isTooMuch(
        "result.matches('(abcd|efgh){20}') || result.matches('x')",
        "a".repeat(600_000),
        "it looks at more than 1048576 characters");
  }

  @Test
  void guessesWhatWasMeant() {
    assertThat(Names.closest("rnage", List.of("range", "rate"))).contains("range");
    assertThat(Names.closest("range", List.of("temperature"))).isEmpty();
    assertThat(Names.closest("ab", List.of("xy"))).isEmpty();
  }
}
