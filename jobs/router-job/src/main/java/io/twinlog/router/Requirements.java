// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.domain.Thrown;
import io.twinlog.domain.rules.Condition.Undecided;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.rules.EventFacts;
import io.twinlog.schemas.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds an event against what the rules require of its type, beside its schema. */
final class Requirements {
  private static final String PATH = "payload";

  private Requirements() {}

  /** What it breaks, in the order of the rules. One that cannot be decided is not fulfilled. */
  static List<Reason> broken(List<Requirement> requirements, Event event) {
    if (requirements.isEmpty()) {
      return List.of();
    }
    Map<String, Object> facts = EventFacts.of(event);
    List<Reason> broken = new ArrayList<>();
    for (Requirement requirement : requirements) {
      flaw(requirement, facts)
          .ifPresent(flaw -> broken.add(new Reason(requirement.name(), PATH, flaw)));
    }
    return broken;
  }

  private static Optional<String> flaw(Requirement requirement, Map<String, Object> facts) {
    try {
      return requirement.condition().holds(facts)
          ? Optional.empty()
          : Optional.of(told(requirement));
    } catch (Undecided e) {
      return Optional.of(told(requirement) + "; it cannot be decided: " + e.getMessage());
    } catch (RuntimeException e) {
      // A defect, or facts that nobody thought of: no producer may stop the job by them.
      return Optional.of(told(requirement) + "; it cannot be decided: " + Thrown.text(e));
    }
  }

  private static String told(Requirement requirement) {
    String condition = requirement.condition().text();
    return requirement.message().contains(condition)
        ? requirement.message()
        : requirement.message() + ": must hold: " + condition;
  }
}
