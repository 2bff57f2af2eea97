// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.rules.text.Node.Fields;
import io.twinlog.rules.text.Node.Text;
import io.twinlog.rules.text.TextProblems.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {
  private static String onlyText(String document) {
    Fields fields = (Fields) TextReader.read(document).root().orElseThrow();
    assertThat(fields.fields()).hasSize(1);
    return ((Text) fields.fields().get(0).value()).value();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\UFFFFFFFF", "\\U80000000", "\\UFFFFFFFE", "\\U00110000"})
  void findsAnEscapeThatIsNoCharacter(String escape) {
    TextReader.Reading reading = TextReader.read("a: 1\nb: \"" + escape + "\"\n");

    assertThat(reading.root()).isEmpty();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Kind.NOT_YAML);
              assertThat(problem.place().line()).isEqualTo(2);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\": \"x\ty\"}", "{a: 'x\ty'}", "{\n\ta: x\ty\n}", "\t{\"a\":\t\"x\ty\"\t}"})
  void keepsATabInsideOfAText(String document) {
    assertThat(onlyText(document)).isEqualTo("x\ty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\n\t\"a\": \"1\"\n}",
        "{\r\n\t\t\"a\"\t:\t\"1\"\t\r\n\t}",
        "\t{\t\"a\":\n\t\"1\"}"
      })
  void takesTabsAroundTheValuesOfJson(String document) {
    assertThat(onlyText(document)).isEqualTo("1");
  }
}
