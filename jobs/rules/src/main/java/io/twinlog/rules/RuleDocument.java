// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.rules.RuleSet;
import java.util.List;
import java.util.Optional;

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
   * Reads a document.
   *
   * @param version that it has, or is to have
   * @param base what holds where it says nothing
   */
  public static Reading read(String text, long version, RuleSet base) {
    return new Reading(
        Optional.of(new RuleSet(version, base.routing(), base.validation(), base.quality())),
        List.of());
  }
}
