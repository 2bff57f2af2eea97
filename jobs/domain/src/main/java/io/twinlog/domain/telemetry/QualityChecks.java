// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Thrown;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The users' own checks of a process, by name, and how one is run. It does not know what a
 * violation costs.
 */
public final class QualityChecks {
  /** Where no jar brings any. */
  public static final QualityChecks NONE = new QualityChecks(List.of());

  private final Map<String, QualityCheck> byName = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two have the same name, or one has none
   */
  public QualityChecks(Iterable<QualityCheck> checks) {
    for (QualityCheck check : checks) {
      if (check.name() == null || check.name().isBlank()) {
        throw new IllegalArgumentException(
            "quality check %s has no name".formatted(check.getClass().getName()));
      }
      QualityCheck other = byName.put(check.name(), check);
      if (other != null) {
        throw new IllegalArgumentException(
            "two quality checks have the name %s, %s and %s"
                .formatted(check.name(), other.getClass().getName(), check.getClass().getName()));
      }
    }
  }

  /**
   * Those that are named in {@code META-INF/services} on a class path.
   *
   * @throws IllegalArgumentException when two have the same name, or one cannot be made
   */
  public static QualityChecks load(ClassLoader classes) {
    try {
      return new QualityChecks(ServiceLoader.load(QualityCheck.class, classes));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException("a quality check cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** In order. */
  public Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /**
   * What is wrong with a rule that refers to a check, a sentence each; none: nothing.
   *
   * @param uses name of the check
   */
  public List<String> flaws(String uses, Map<String, String> settings) {
    QualityCheck check = byName.get(uses);
    if (check == null) {
      return List.of(missing(uses));
    }
    try {
      return List.copyOf(check.flaws(settings));
    } catch (RuntimeException e) {
      return List.of("%s cannot read its settings: %s".formatted(uses, Thrown.text(e)));
    }
  }

  /**
   * Judges a value. A check that throws, or that the class path lacks, cannot say that the value is
   * sound, and so it is violated: the same as a condition that cannot be decided.
   */
  public Verdict check(Check.Custom rule, Sample sample) {
    QualityCheck check = byName.get(rule.uses());
    if (check == null) {
      return Verdict.violated(missing(rule.uses()));
    }
    try {
      Verdict verdict = check.check(sample, rule.settings());
      return verdict == null ? failed(rule, "it gave no verdict") : verdict;
    } catch (StackOverflowError e) {
      return failed(rule, Thrown.text(e));
    } catch (VirtualMachineError e) {
      // Not of the check's making, or not for it alone to bear.
      throw e;
    } catch (Throwable e) {
      // A class that its jar lacks is no reason for everybody else to stand still.
      return failed(rule, Thrown.text(e));
    }
  }

  private static Verdict failed(Check.Custom rule, String why) {
    return Verdict.violated("%s failed: %s".formatted(rule.uses(), why));
  }

  private String missing(String uses) {
    return "no quality check %s is on the class path, which has %s"
        .formatted(uses, byName.isEmpty() ? "none" : String.join(", ", byName.keySet()));
  }
}
