// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.domain.rules.Condition.Undecided;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.EventFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds an event against what the rules require of its type, beside its schema. */
final class Requirements {
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
          .ifPresent(
              flaw ->
                  broken.add(
                      new Reason(
                          requirement.name(),
                          "payload",
                          requirement.message() + " (" + flaw + ")")));
    }
    return broken;
  }

  private static Optional<String> flaw(Requirement requirement, Map<String, Object> facts) {
    String text = requirement.condition().text();
    try {
      return requirement.condition().holds(facts)
          ? Optional.empty()
          : Optional.of("required: " + text);
    } catch (Undecided e) {
      return Optional.of("required: " + text + "; it cannot be decided: " + e.getMessage());
    } catch (RuntimeException e) {
      // A defect, or facts that nobody thought of: no producer may stop the job by them.
      return Optional.of("required: " + text + "; it cannot be decided: " + e);
    }
  }
}
