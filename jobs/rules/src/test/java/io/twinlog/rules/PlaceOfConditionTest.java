// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a condition is written: what is wrong with it is told where it stands in the document.
 */
class PlaceOfConditionTest {
  private static final String WRONG = "nosuch";
  private static final String HEAD =
      "validation:\n  requirements:\n    - name: a\n      types: [order.placed]\n      require: ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch > 1",
        "payload.x > 1 && nosuch > 1 # a comment",
        "payload.x > 1\n        && nosuch > 1",
        "payload.x > 1\n\n\n        && nosuch > 1",
        "'payload.x == \"it''s\" && nosuch > 1'",
        "'payload.x > 1\n\n         && nosuch > 1'",
        "\"payload.x == \\\"a\\\" && nosuch > 1\"",
        "\"payload.x ==\\t\\x20\\u000a\\ '\\u00e9\\x41\\U0001F4A9\\ud83d\\ude00\\\\n' && nosuch > 1\"",
        "\"payload.x > 1 &&\\\n            \\ nosuch > 1\"",
        "\"payload.x > 1 &&\n\n            nosuch > 1\"",
        "|\n        payload.x > 1 &&\n          nosuch > 1\n",
        "|2-\n\n          payload.x > 1 &&\n        nosuch > 1\n\n",
        "| # a comment\n        payload.x == 'é💩' &&\n\n        nosuch > 1",
        ">\n        payload.x > 1 &&\n        true\n\n          && nosuch > 1\n",
        ">+\n        payload.x > 1\n        && nosuch > 1\n\n",
      })
  void isWhereItStands(String condition) {
    String document = HEAD + condition;
    int at = document.indexOf(WRONG);
    int lineStart = document.lastIndexOf('\n', at) + 1;

    List<Finding> findings =
        RuleDocument.check(document, RuleSet.DEFAULT, Optional.empty()).findings();

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).message()).contains(WRONG);
    assertThat(findings.get(0).line())
        .isEqualTo((int) document.substring(0, at).lines().count() + (lineStart == at ? 1 : 0));
    assertThat(findings.get(0).column()).isEqualTo(document.codePointCount(lineStart, at) + 1);
  }
}
