// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.RuleDiff;
import io.twinlog.rules.RuleDiff.Change;
import io.twinlog.rules.RuleDocument;
import io.twinlog.rules.RuleDocument.Reading;
import io.twinlog.schemas.PublishedRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog rules diff}: what one set of rules says otherwise than another. */
@Command(
    name = "diff",
    description = "Prints what differs between two sets of rules: what they say, not how.",
    footer = {
      "",
      "Prints '+ path: value', '- path: value', '~ path: before -> after', in the order of paths.",
      "Exit codes: 0 compared, whether or not they differ; 3 one of them is wrong.",
      "",
      "Example:",
      "  twinlog rules diff in-force rules.yaml"
    })
final class RulesDiff implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description = "A file, a version, or in-force; - is stdin.")
  private String before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "Another one.")
  private String after;

  @Option(
      names = "--json",
      description = "Prints one object a line: {change, path, before, after}.")
  private boolean json;

  @ParentCommand private RulesCommand parent;

  @Override
  public Integer call() {
    Environment environment = parent.twinlog().environment();
    Optional<RuleSet> old = rules(before);
    Optional<RuleSet> now = rules(after);
    if (old.isEmpty() || now.isEmpty()) {
      return ExitCode.REFUSED;
    }
    List<Change> changes = RuleDiff.between(old.get(), now.get());
    JsonLines out = new JsonLines(environment.out());
    changes.forEach(
        change -> {
          if (json) {
            out.write(object(change));
          } else {
            out.writeText(line(change));
          }
        });
    out.flush();
    environment.say("twinlog: " + changes.size() + " differences");
    return ExitCode.DONE;
  }

  /** The rules under a name; empty: they are wrong, which is told. */
  private Optional<RuleSet> rules(String name) {
    Environment environment = parent.twinlog().environment();
    if (RulesDesk.isPublished(name)) {
      PublishedRules rules = RulesDesk.open(parent.twinlog()).find(name);
      long version = rules.getVersion();
      // Not by the catalogue of this place: that was asked when it was published.
      return told(
          RulesText.published(version, rules.getDocument()),
          read -> RuleDocument.read(read, version, RuleSet.DEFAULT));
    }
    return told(
        RulesText.read(environment, name),
        read -> RuleDocument.check(read, RuleSet.DEFAULT, Optional.empty()));
  }

  private Optional<RuleSet> told(RulesText text, Function<String, Reading> reader) {
    Reading reading = text.reading(reader);
    reading.findings().forEach(finding -> parent.twinlog().environment().say(text.line(finding)));
    return reading.rules();
  }

  private static String line(Change change) {
    return switch (change.kind()) {
      case ADDED -> "+ " + change.path() + ": " + change.after();
      case REMOVED -> "- " + change.path() + ": " + change.before();
      case CHANGED -> "~ " + change.path() + ": " + change.before() + " -> " + change.after();
    };
  }

  private static ObjectNode object(Change change) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("change", change.kind().name().toLowerCase(Locale.ROOT))
            .put("path", change.path());
    return switch (change.kind()) {
      case ADDED -> object.put("after", change.after());
      case REMOVED -> object.put("before", change.before());
      case CHANGED -> object.put("before", change.before()).put("after", change.after());
    };
  }
}
