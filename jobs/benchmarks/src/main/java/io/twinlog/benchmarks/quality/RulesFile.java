// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.rules.RuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A document of rules in a file: what it says of quality, over what is shipped. */
public final class RulesFile {
  private static final long VERSION = 1;

  private RulesFile() {}

  /**
   * Reads it.
   *
   * @throws IOException when it cannot be read, or something is wrong in it: all of that, by line
   */
  public static QualityRules read(Path file) throws IOException {
    RuleDocument.Reading reading =
        RuleDocument.read(Files.readString(file), VERSION, RuleSet.DEFAULT);
    if (reading.rules().isEmpty()) {
      throw new IOException(
          reading.findings().stream()
              .map(of -> "%s, line %d: %s".formatted(file, of.line(), of.message()))
              .collect(Collectors.joining("; ")));
    }
    return reading.rules().get().quality();
  }
}
