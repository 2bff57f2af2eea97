// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import java.util.List;
import java.util.Optional;

/** The variables that a condition can speak of, where it stands. */
public record Vocabulary(List<Variable> variables) {
  public Vocabulary {
    variables = List.copyOf(variables);
  }

  public static Vocabulary of(Variable... variables) {
    return new Vocabulary(List.of(variables));
  }

  Optional<Variable> find(String name) {
    return variables.stream().filter(variable -> variable.name().equals(name)).findFirst();
  }

  List<String> names() {
    return variables.stream().map(Variable::name).sorted().toList();
  }
}
