// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.rules.read.DocumentReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads documents of rules: YAML, or JSON. */
public final class RuleDocument {
  private RuleDocument() {}

  /**
   * What was read.
   *
   * @param rules empty: it is wrong
   * @param findings all that is wrong, in the order of the document; empty: nothing
   */
  public record Reading(Optional<RuleSet> rules, List<Finding> findings) {
    public Reading {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reads a document. Checks of users' jars that it uses are not judged.
   *
   * @param version that it has, or is to have
   * @param base what holds where it says nothing
   */
  public static Reading read(String text, long version, RuleSet base) {
    return new DocumentReader(base, Optional.empty()).read(text, OptionalLong.of(version));
  }

  /**
   * Checks a document that may have any version yet; the rules have the one that it says, or 0.
   *
   * @param jars the checks of users' jars that it may use; empty: any
   */
  public static Reading check(String text, RuleSet base, Optional<QualityChecks> jars) {
    return new DocumentReader(base, jars).read(text, OptionalLong.empty());
  }
}
