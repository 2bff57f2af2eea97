// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.Scenario;
import io.twinlog.rules.Scenario.Source;
import io.twinlog.rules.Scenario.Step;
import io.twinlog.rules.text.TextProblems.Problem;
import io.twinlog.rules.text.TextReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Reads scenarios of escalation, with the places of what is wrong. */
public final class ScenarioReader {
  private static final long DAY = 86_400_000;
  private static final long UNTIL_MAX = 366 * DAY;
  private static final int STEPS_MAX = 10_000;
  private static final int TIMES_MAX = 100_000;
  private static final String STATE = "device.offline";

  /** What a step can be. */
  private static final List<String> KINDS =
      List.of(
          "error",
          "recovered",
          "offline",
          "online",
          "recovery",
          "acknowledge",
          "resolve",
          "snooze",
          "assign",
          "silence",
          "down",
          "rules");

  private final EscalationRules base;
  private final Findings findings = new Findings();
  private final Values values = new Values(findings);
  private final Map<Long, EscalationRules> rules = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private int events;

  /**
   * @param base rules where it says nothing
   */
  public ScenarioReader(EscalationRules base) {
    this.base = base;
  }

  /** Reads it; once. */
  public Scenario.Reading read(String text) {
    TextReader.Reading tree = TextReader.read(text);
    for (Problem problem : tree.problems()) {
      findings.add(
          new Spot(problem.place(), ""),
          FindingCode.valueOf(problem.kind().name()),
          problem.message());
    }
    Optional<Scenario> scenario =
        tree.root()
            .filter(root -> findings.isEmpty())
            .flatMap(root -> Section.of(new Value(root, "", null), values))
            .map(this::scenario);
    return new Scenario.Reading(
        findings.isEmpty() ? scenario : Optional.empty(), findings.inOrder());
  }

  private Scenario scenario(Section root) {
    root.only("rules", "until", "steps");
    rules.put(
        0L,
        root.section("rules")
            .map(section -> new EscalationReader(findings).read(section, base))
            .orElse(base)
            .version(0));
    root.required("until");
    long until = root.duration("until", 1, UNTIL_MAX, DAY);
    root.required("steps");
    for (Value item : root.items("steps", STEPS_MAX)) {
      Section.of(item, values).ifPresent(section -> step(section, until));
    }
    return new Scenario(until, steps, rules);
  }

  private void step(Section section, long until) {
    List<String> given = KINDS.stream().filter(section::has).toList();
    List<String> known = new ArrayList<>(KINDS);
    known.addAll(List.of("at", "times", "every"));
    section.only(known.toArray(String[]::new));
    section.required("at");
    long at = section.duration("at", 0, until, 0);
    if (given.size() != 1) {
      findings.add(
          section.spot(),
          given.isEmpty() ? FindingCode.MISSING_FIELD : FindingCode.CONTRADICTION,
          "a step is one thing: give one of " + String.join(", ", KINDS));
      return;
    }
    int times = section.whole("times", 1, TIMES_MAX, 1);
    long every = section.duration("every", 0, until, 1_000);
    String kind = given.get(0);
    section.section(kind).ifPresent(content -> step(kind, content, new Times(at, times, every)));
  }

  /** When something happens. */
  private record Times(long at, int count, long every) {}

  private void step(String kind, Section content, Times times) {
    switch (kind) {
      case "error" -> error(content, times);
      case "offline" -> {
        content.only("source", "labels");
        for (int i = 0; i < times.count; i++) {
          source(content, STATE)
              .ifPresent(
                  source ->
                      steps.add(
                          new Scenario.IsInState(times.at, event(), source, labels(content))));
        }
      }
      case "online" -> {
        content.only("source");
        source(content, STATE)
            .ifPresent(source -> steps.add(new Scenario.Recovers(times.at, event(), source)));
      }
      case "recovered" -> {
        content.only("source", "code");
        source(content, "")
            .ifPresent(source -> steps.add(new Scenario.Recovers(times.at, event(), source)));
      }
      case "recovery" -> {
        content.only("source", "code", "succeeded");
        content.required("succeeded");
        boolean succeeded = content.bool("succeeded", false);
        source(content, "")
            .ifPresent(
                source ->
                    steps.add(new Scenario.RecoveryEnds(times.at, event(), source, succeeded)));
      }
      case "silence" -> silence(content, times);
      case "down" -> {
        content.only("target", "for");
        content.required("for");
        long millis = content.duration("for", 1, UNTIL_MAX, 0);
        content
            .required("target")
            .flatMap(value -> values.id(value, RuleLimits.ID_MAX))
            .ifPresent(target -> steps.add(new Scenario.GoesDown(times.at, target, millis)));
      }
      case "rules" -> {
        long version = rules.size();
        EscalationRules newest = rules.get(version - 1);
        rules.put(version, new EscalationReader(findings).read(content, newest).version(version));
        steps.add(new Scenario.Publishes(times.at, version));
      }
      default -> command(kind, content, times);
    }
  }

  private String event() {
    return "e-" + ++events;
  }

  private Optional<Source> source(Section content, String code) {
    Optional<String> name =
        content.required("source").flatMap(value -> values.id(value, RuleLimits.ID_MAX));
    Optional<String> of =
        code.isEmpty()
            ? content.required("code").flatMap(value -> values.id(value, RuleLimits.ID_MAX))
            : Optional.of(code);
    return name.isPresent() && of.isPresent()
        ? Optional.of(new Source(name.get(), of.get()))
        : Optional.empty();
  }

  private TreeMap<String, String> labels(Section content) {
    TreeMap<String, String> labels = new TreeMap<>();
    content
        .entries("labels", RuleLimits.LABELS_MAX)
        .forEach(
            (label, value) ->
                values
                    .text(value, RuleLimits.LABEL_MAX)
                    .ifPresent(text -> labels.put(label, text)));
    return labels;
  }

  private void error(Section content, Times times) {
    content.only("source", "code", "severity", "message", "labels");
    Optional<Source> source = source(content, "");
    Optional<String> severity =
        content
            .required("severity")
            .flatMap(value -> values.choice(value, EscalationReader.SEVERITIES));
    String message = content.text("message", RuleLimits.MESSAGE_MAX, "");
    TreeMap<String, String> labels = labels(content);
    if (source.isEmpty() || severity.isEmpty()) {
      return;
    }
    for (int i = 0; i < times.count; i++) {
      steps.add(
          new Scenario.Fails(
              times.at + i * times.every,
              event(),
              source.get(),
              Severity.of(severity.get()),
              message,
              labels));
    }
  }

  private void silence(Section content, Times times) {
    content.only("id", "matchers", "until", "author", "reason");
    Optional<String> id =
        content.required("id").flatMap(value -> values.id(value, RuleLimits.ID_MAX));
    content.required("until");
    long until = content.duration("until", 0, 2 * UNTIL_MAX, 0);
    Author by =
        new Author(
            content.text("author", RuleLimits.ID_MAX, ""),
            content.text("reason", RuleLimits.MESSAGE_MAX, ""));
    var matchers = new InhibitionReader(findings).matchers(content, "matchers");
    id.ifPresent(text -> steps.add(new Scenario.SetsSilence(times.at, text, matchers, until, by)));
  }

  private void command(String kind, Section content, Times times) {
    content.only("source", "code", "author", "note", "for", "assignee");
    Author by =
        new Author(
            content.text("author", RuleLimits.ID_MAX, ""),
            content.text("note", RuleLimits.MESSAGE_MAX, ""));
    long millis = content.duration("for", 1, UNTIL_MAX, 3_600_000);
    String assignee = content.text("assignee", RuleLimits.ID_MAX, by.name());
    LongFunction<AlertCommand> command =
        switch (kind) {
          case "acknowledge" -> opening -> new AlertCommand.Acknowledge(opening, by);
          case "resolve" -> opening -> new AlertCommand.Resolve(opening, by);
          case "snooze" -> opening -> new AlertCommand.Snooze(opening, by, millis);
          default -> opening -> new AlertCommand.Assign(opening, by, assignee);
        };
    source(content, "")
        .ifPresent(source -> steps.add(new Scenario.Commands(times.at, source, command)));
  }
}
