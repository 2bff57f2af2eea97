// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.rules.read.DocumentReader;
import io.twinlog.rules.read.Outside;
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
   * Reads a document that is published. What depends on where it is read is not judged again: the
   * catalogue, whether it is strict, and the checks of users' jars.
   *
   * @param version that it has
   * @param base what holds where it says nothing
   */
  public static Reading read(String text, long version, RuleSet base) {
    return new DocumentReader(base, Outside.unknown()).read(text, OptionalLong.of(version));
  }

  /** Checks a document that is to become a version. Checks of users' jars are not judged. */
  public static Reading check(String text, long version, RuleSet base) {
    return new DocumentReader(base, Outside.installed(Optional.empty()))
        .read(text, OptionalLong.of(version));
  }

  /**
   * Checks a document that may have any version yet; the rules have the one that it says, or 0.
   *
   * @param jars the checks of users' jars that it may use; empty: any
   */
  public static Reading check(String text, RuleSet base, Optional<QualityChecks> jars) {
    return new DocumentReader(base, Outside.installed(jars)).read(text, OptionalLong.empty());
  }
}
