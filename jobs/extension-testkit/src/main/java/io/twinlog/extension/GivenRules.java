// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.Finding;
import io.twinlog.rules.RuleDocument;
import io.twinlog.rules.RuleDocument.Reading;
import io.twinlog.wire.ingress.Catalogue;
import java.util.List;

/** A document of rules, and what it says. */
public final class GivenRules {
  private final Reading reading;

  GivenRules(RulesExample example) {
    this.reading = RuleDocument.check(example.document(), 1, RuleSet.DEFAULT);
  }

  /** It would be published. */
  public GivenRules thenIsSound() {
    Failures.require(reading.findings().isEmpty(), "expected none of\n" + findings());
    return this;
  }

  /**
   * It would be refused.
   *
   * @param line of one of the findings, from 1; 0: of the whole
   * @param part of its message
   */
  public void thenIsRefused(int line, String part) {
    Failures.require(
        reading.findings().stream().anyMatch(f -> f.line() == line && f.message().contains(part)),
        "expected in line " + line + " \"" + part + "\", was\n" + findings());
  }

  /** Events of a type go there, once it is in force. */
  public GivenRules thenHasCategory(String eventType, Category category) {
    Category there =
        rules().routing().over(Catalogue.installed(false).declaredCategories()).category(eventType);
    Failures.require(there == category, "expected %s of %s, was %s", category, eventType, there);
    return this;
  }

  private RuleSet rules() {
    thenIsSound();
    return reading.rules().orElseThrow();
  }

  private String findings() {
    List<String> lines = reading.findings().stream().map(GivenRules::line).toList();
    return Failures.lines(lines);
  }

  private static String line(Finding finding) {
    return "line %d, column %d, %s: %s"
        .formatted(finding.line(), finding.column(), finding.path(), finding.message());
  }
}
