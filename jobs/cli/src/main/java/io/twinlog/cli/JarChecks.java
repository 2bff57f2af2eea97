// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.domain.telemetry.QualityChecks;
import java.util.Optional;

/** The quality checks of the jars that the command line was given, to judge rules that use them. */
final class JarChecks {
  private JarChecks() {}

  /** Empty: no jar brings any, and what rules say of them cannot be judged here. */
  static Optional<QualityChecks> given() {
    QualityChecks checks = QualityChecks.load(JarChecks.class.getClassLoader());
    return checks.names().isEmpty() ? Optional.empty() : Optional.of(checks);
  }
}
