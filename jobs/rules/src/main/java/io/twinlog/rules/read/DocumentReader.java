// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleDocument.Reading;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.text.Place;
import io.twinlog.rules.text.TextProblems.Kind;
import io.twinlog.rules.text.TextProblems.Problem;
import io.twinlog.rules.text.TextReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a whole document. */
public final class DocumentReader {
  /** As many sets as nobody will publish. */
  private static final long VERSION_MAX = 1_000_000_000;

  private final RuleSet base;
  private final Outside outside;
  private final Findings findings = new Findings();
  private final Values values = new Values(findings);

  /**
   * @param base what holds where the document says nothing
   * @param outside what else the document is judged by
   */
  public DocumentReader(RuleSet base, Outside outside) {
    this.base = base;
    this.outside = outside;
  }

  /**
   * Reads it; once.
   *
   * @param version that it must have; empty: whatever it says, or 0
   */
  public Reading read(String text, OptionalLong version) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > RuleLimits.DOCUMENT_BYTES_MAX) {
      findings.add(
          new Spot(Place.WHOLE, ""),
          FindingCode.TOO_LARGE,
          "has " + bytes + " bytes, at most " + RuleLimits.DOCUMENT_BYTES_MAX + " may be");
      return new Reading(Optional.empty(), findings.inOrder());
    }
    TextReader.Reading tree = TextReader.read(text);
    for (Problem problem : tree.problems()) {
      findings.add(
          new Spot(problem.place(), ""),
          FindingCode.valueOf(problem.kind().name()),
          problem.message());
    }
    // What a reference stands for is not known; the rest would be told twice.
    boolean whole =
        tree.problems().stream().allMatch(problem -> problem.kind() == Kind.DUPLICATE_KEY);
    Optional<RuleSet> rules =
        tree.root()
            .filter(root -> whole)
            .flatMap(root -> Section.of(new Value(root, "", null), values))
            .map(section -> rules(section, version));
    return new Reading(findings.isEmpty() ? rules : Optional.empty(), findings.inOrder());
  }

  private RuleSet rules(Section root, OptionalLong version) {
    root.only("version", "routing", "validation", "quality", "escalation");
    ConditionReader conditions = new ConditionReader(findings);
    long ownVersion = version(root, version);
    RoutingRules routing =
        root.section("routing")
            .map(section -> new RoutingReader(findings).read(section, base.routing()))
            .orElse(base.routing());
    ValidationRules validation =
        root.section("validation")
            .map(
                section ->
                    new ValidationReader(findings, conditions).read(section, base.validation()))
            .orElse(base.validation());
    QualityRules quality =
        root.section("quality")
            .map(
                section ->
                    new QualityReader(findings, conditions, outside)
                        .read(section, base.quality(), validation.strictCatalogue()))
            .orElse(base.quality());
    EscalationRules escalation =
        root.section("escalation")
            .map(section -> new EscalationReader(findings).read(section, base.escalation()))
            .orElse(base.escalation());
    return new RuleSet(ownVersion, routing, validation, quality, escalation);
  }

  private long version(Section root, OptionalLong expected) {
    Optional<Value> given = root.value("version");
    OptionalLong says =
        given.isPresent() ? values.whole(given.get(), 1, VERSION_MAX) : OptionalLong.empty();
    if (says.isPresent() && expected.isPresent() && says.getAsLong() != expected.getAsLong()) {
      findings.add(
          given.orElseThrow().spot(),
          FindingCode.OTHER_VERSION,
          "the document becomes version "
              + expected.getAsLong()
              + ", and says "
              + says.getAsLong()
              + ": write "
              + expected.getAsLong()
              + ", or leave version out");
    }
    return expected.orElse(says.orElse(0));
  }
}
