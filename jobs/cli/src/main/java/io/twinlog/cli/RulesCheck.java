// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.rules.Finding;
import io.twinlog.rules.RuleDocument;
import io.twinlog.rules.RuleDocument.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog rules check}: whether a set of rules could be published. It asks nobody. */
@Command(
    name = "check",
    description =
        "Checks a set of rules, and prints all that is wrong with it, or how much is set.",
    footer = {
      "",
      "Prints FILE:LINE:COLUMN: path: message (code). Checks of jars are judged where TWINLOG_JARS has any.",
      "Exit codes: 0 nothing is wrong, 3 something is.",
      "",
      "Example:",
      "  twinlog rules check rules.yaml"
    })
final class RulesCheck implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|-", description = "The document, YAML or JSON; - is stdin.")
  private String file;

  @Option(
      names = "--json",
      description = "Prints one object a line: what is wrong, or {status: ok} with the counts.")
  private boolean json;

  @ParentCommand private RulesCommand parent;

  @Override
  public Integer call() {
    Environment environment = parent.twinlog().environment();
    RulesText text = RulesText.read(environment, file);
    Reading reading =
        text.reading(read -> RuleDocument.check(read, RuleSet.DEFAULT, JarChecks.given()));
    JsonLines out = new JsonLines(environment.out());
    reading.findings().forEach(finding -> tell(out, text, finding));
    reading.rules().ifPresent(rules -> tell(out, counts(rules)));
    out.flush();
    return reading.rules().isPresent() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void tell(JsonLines out, RulesText text, Finding finding) {
    if (json) {
      out.write(
          JsonNodeFactory.instance
              .objectNode()
              .put("file", text.name())
              .put("line", finding.line())
              .put("column", finding.column())
              .put("path", finding.path())
              .put("code", finding.code())
              .put("message", finding.message()));
    } else {
      out.writeText(text.line(finding));
    }
  }

  private void tell(JsonLines out, Map<String, Integer> counts) {
    if (json) {
      ObjectNode object = JsonNodeFactory.instance.objectNode().put("status", "ok");
      counts.forEach(object::put);
      out.write(object);
    } else {
      out.writeText(
          "ok: "
              + counts.entrySet().stream()
                  .map(count -> count.getValue() + " " + count.getKey())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static Map<String, Integer> counts(RuleSet rules) {
    QualityRules quality = rules.quality();
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("categories", rules.routing().categories().size());
    counts.put("requirements", rules.validation().requirements().size());
    counts.put("metrics", quality.metrics().size());
    counts.put("models", quality.models().size());
    counts.put("anomalies", quality.anomalies().size());
    counts.put("triggers", quality.triggers().size());
    counts.put("targets", rules.escalation().targets().size());
    counts.put("inhibitions", rules.escalation().inhibitions().size());
    return counts;
  }
}
