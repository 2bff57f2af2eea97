// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.Vocabularies;
import io.twinlog.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code validation}. */
final class ValidationReader {
  private final Findings findings;
  private final Values values;
  private final ConditionReader conditions;

  ValidationReader(Findings findings, ConditionReader conditions) {
    this.findings = findings;
    this.values = new Values(findings);
    this.conditions = conditions;
  }

  ValidationRules read(Section section, ValidationRules base) {
    section.only("strict_catalogue", "requirements");
    return new ValidationRules(
        section.bool("strict_catalogue", base.strictCatalogue()),
        section.has("requirements") ? requirements(section) : base.requirements());
  }

  private List<Requirement> requirements(Section section) {
    List<Requirement> requirements = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items("requirements", RuleLimits.REQUIREMENTS_MAX)) {
      Section.of(item, values)
          .flatMap(fields -> requirement(fields, taken))
          .ifPresent(requirements::add);
    }
    return requirements;
  }

  private Optional<Requirement> requirement(Section section, Taken taken) {
    section.only("name", "types", "require", "message");
    Optional<String> name =
        section.required("name").flatMap(value -> values.name(value, RuleLimits.NAME_MAX));
    name.ifPresent(text -> take(section, text, taken));
    List<String> types = new RoutingReader(findings).patterns(section, "types");
    Optional<Value> given = section.required("types");
    if (section.isEmptyList("types")) {
      findings.add(
          given.orElseThrow().spot(),
          FindingCode.CONTRADICTION,
          "the requirement is of no event type: name one, such as order.placed or order.*");
    }
    Optional<Condition> condition =
        section
            .required("require")
            .flatMap(value -> conditions.read(value, Vocabularies.REQUIREMENT));
    String message =
        section.text(
            "message",
            RuleLimits.MESSAGE_MAX,
            condition.map(known -> "must hold: " + known.text()).orElse(""));
    return name.isPresent() && condition.isPresent()
        ? Optional.of(new Requirement(name.get(), types, condition.get(), message))
        : Optional.empty();
  }

  private void take(Section section, String name, Taken taken) {
    Spot spot = section.value("name").orElseThrow().spot();
    taken.take(spot, name);
    if (Arrays.stream(ErrorCode.values()).anyMatch(code -> code.text().equals(name))) {
      findings.add(
          spot,
          FindingCode.DUPLICATE_NAME,
          "'" + name + "' is a code of Twinlog's own: the requirement needs another name");
    }
  }
}
