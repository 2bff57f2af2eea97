// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.EscalationSimulation.Line;
import io.twinlog.rules.RuleDocument;
import io.twinlog.rules.Scenario;
import io.twinlog.wire.escalation.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog escalation simulate}: plays a scenario by the real rules. It asks nobody. */
@Command(
    name = "simulate",
    description =
        "Plays errors, commands and edits of policies by the rules that the job has, and prints what happens when.",
    footer = {
      "",
      "A line: time since the beginning, what it is about, what happens. Format of the file: docs/escalation.md.",
      "Exit codes: 0 it was played, 3 the scenario is wrong.",
      "",
      "Example:",
      "  twinlog escalation simulate docs/examples/escalation/night.yaml"
    })
final class EscalationSimulate implements Callable<Integer> {
  /** As the job's settings have it: escalation.muting.check. */
  private static final Duration MUTING_CHECK = Duration.ofMinutes(5);

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  @Parameters(paramLabel = "FILE|-", description = "The scenario, YAML or JSON; - is stdin.")
  private String file;

  @Option(names = "--json", description = "Prints one object a line.")
  private boolean json;

  @ParentCommand private EscalationCommand parent;

  @Override
  public Integer call() {
    Environment environment = parent.twinlog().environment();
    RulesText text = RulesText.read(environment, file);
    JsonLines out = new JsonLines(environment.out());
    AtomicReference<Scenario> read = new AtomicReference<>();
    RuleDocument.Reading reading =
        text.reading(
            document -> {
              Scenario.Reading scenario = Scenario.read(document, EscalationRules.DEFAULT);
              scenario.scenario().ifPresent(read::set);
              return new RuleDocument.Reading(Optional.empty(), scenario.findings());
            });
    reading.findings().forEach(finding -> out.writeText(text.line(finding)));
    if (read.get() == null) {
      out.flush();
      return ExitCode.REFUSED;
    }
    long started = System.nanoTime();
    List<Line> lines =
        read.get()
            .play(
                AlertRules.DEFAULT, MUTING_CHECK.toMillis(), BEGINNING.toEpochMilli(), heard -> {});
    lines.forEach(line -> tell(out, line));
    out.flush();
    environment
        .err()
        .printf(
            "%d steps, %d lines, %s of time in %d ms%n",
            read.get().steps().size(),
            lines.size(),
            Timeline.duration(read.get().until()),
            Duration.ofNanos(System.nanoTime() - started).toMillis());
    return ExitCode.DONE;
  }

  private void tell(JsonLines out, Line line) {
    long since = line.clock() - Scenario.BEGINNING;
    Timeline.Entry entry = Timeline.of(line);
    if (!json) {
      out.writeText(
          "%-14s %-30s %s".formatted(Timeline.duration(since), entry.about(), entry.what()));
      return;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object
        .put("at_ms", since)
        .put("about", entry.about())
        .put("what", entry.what())
        .put("id", entry.id());
    out.write(object);
  }
}
