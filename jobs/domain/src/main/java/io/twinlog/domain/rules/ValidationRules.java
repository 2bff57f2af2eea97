// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.rules;

import java.util.List;

/**
 * What an event must be beside its schema.
 *
 * @param strictCatalogue whether every event type must have a schema
 * @param requirements in the order of the document; all that an event breaks are told
 */
public record ValidationRules(boolean strictCatalogue, List<Requirement> requirements) {
  public static final ValidationRules DEFAULT = new ValidationRules(false, List.of());

  public ValidationRules {
    requirements = List.copyOf(requirements);
  }

  /**
   * What events of some types must fulfil; one that does not is a dead letter {@code
   * invalid_payload}.
   *
   * @param name its code in the dead letter
   * @param types patterns of event types
   * @param condition over {@code event} and {@code payload}
   * @param message what to tell the producer
   */
  public record Requirement(String name, List<String> types, Condition condition, String message) {
    public Requirement {
      types = List.copyOf(types);
    }
  }
}
