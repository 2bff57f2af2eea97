// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.PublishedRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog rules show}: the text of a set of rules, as it was published, byte for byte. */
@Command(
    name = "show",
    description = "Prints a set of rules as it was published; who, when and why on stderr.",
    footer = {"", "Example:", "  twinlog rules show 3"})
final class RulesShow implements Callable<Integer> {
  @Parameters(
      paramLabel = "VERSION",
      defaultValue = RulesDesk.IN_FORCE,
      description = "A version, or in-force (default).")
  private String version;

  @ParentCommand private RulesCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!RulesDesk.isPublished(version)) {
      throw new ParameterException(
          spec.commandLine(), "'" + version + "' is neither a version nor " + RulesDesk.IN_FORCE);
    }
    Environment environment = parent.twinlog().environment();
    PublishedRules rules = RulesDesk.open(parent.twinlog()).find(version);
    environment.say(
        "twinlog: version %d, published %s by %s%s"
            .formatted(
                rules.getVersion(),
                rules.getPublishedAt(),
                rules.getAuthor(),
                rules.getNote() == null ? "" : ": " + rules.getNote()));
    // It may be published again: what a terminal would obey was refused when it was published.
    environment.out().write(rules.getDocument().getBytes(StandardCharsets.UTF_8));
    environment.out().flush();
    return ExitCode.DONE;
  }
}
