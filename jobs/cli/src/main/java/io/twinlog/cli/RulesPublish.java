// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.Finding;
import io.twinlog.rules.RuleDocument;
import io.twinlog.rules.log.RuleLog;
import io.twinlog.rules.log.RulePublisher;
import io.twinlog.rules.log.RulePublisher.Draft;
import io.twinlog.rules.log.RulePublisher.Outcome;
import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog rules publish}: writes a set of rules, and waits until a tick carries it. */
@Command(
    name = "publish",
    description = "Checks a set of rules, publishes it, and waits until it is in force.",
    footer = {
      "",
      "What is wrong is refused with line and reason, and nothing is written.",
      "",
      "Example:",
      "  twinlog rules publish rules.yaml --note 'hotter summers'"
    })
final class RulesPublish implements Callable<Integer> {
  private static final String DEFAULT_AUTHOR = System.getProperty("user.name", "");

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The document; - is stdin.")
  private Optional<String> file;

  @Option(
      names = "--from-version",
      paramLabel = "N",
      description = "Instead of FILE: publishes what stands under an earlier version again.")
  private Optional<Long> fromVersion;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who publishes it (default: the user of this process).")
  private Optional<String> author;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
  private Optional<String> note;

  @Option(
      names = "--expect",
      paramLabel = "N",
      description = "The version that it must get; else it is refused as a conflict.")
  private Optional<Long> expect;

  @Option(
      names = "--timeout",
      paramLabel = "30s",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "How long to wait for a tick that carries it (default: 30s).")
  private Duration timeout;

  @ParentCommand private RulesCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (file.isPresent() == fromVersion.isPresent()) {
      throw new ParameterException(spec.commandLine(), "FILE, - or --from-version: one of them");
    }
    Optional<RulesText> read = file.map(name -> RulesText.read(environment(), name));
    read.ifPresent(this::requireSound);
    RulesDesk desk = RulesDesk.open(parent.twinlog());
    try (RulesTicks ticks = desk.ticks();
        RulePublisher publisher = RulePublisher.open(desk.settings())) {
      long carried = ticks.highest();
      ticks.fromNow();
      RulesText document = read.orElseGet(() -> again(publisher, fromVersion.orElseThrow()));
      return told(
          document, publisher.publish(draft(document, carried), RuleSet.DEFAULT), ticks, publisher);
    } catch (TimeoutException e) {
      throw desk.noAnswer(e);
    }
  }

  /** What cannot be right under any version holds up nobody who publishes at the same time. */
  private void requireSound(RulesText text) {
    RuleDocument.Reading reading =
        text.reading(read -> RuleDocument.check(read, RuleSet.DEFAULT, JarChecks.given()));
    if (reading.rules().isEmpty()) {
      refuse(text, reading.findings());
    }
  }

  private static RulesText again(RulePublisher publisher, long version) {
    String document = RulesDesk.find(publisher.log(), version).getDocument();
    return RulesText.published(version, Renumbered.of(document, publisher.next()));
  }

  private Draft draft(RulesText document, long carried) {
    return new Draft(
        document.text(),
        Optional.of(author.orElse(DEFAULT_AUTHOR)),
        note,
        expect.map(OptionalLong::of).orElse(OptionalLong.empty()),
        carried,
        environment().clock().instant());
  }

  private int told(RulesText document, Outcome outcome, RulesTicks ticks, RulePublisher publisher) {
    if (outcome instanceof Outcome.Conflict conflict) {
      throw new CommandFailure(
          ExitCode.REFUSED, "conflict: " + conflict.why() + "; nothing was published");
    }
    if (outcome instanceof Outcome.Wrong wrong) {
      refuse(document, wrong.findings());
    }
    if (outcome instanceof Outcome.Published published) {
      return awaitTick(published.rules(), ticks, publisher.log());
    }
    throw new IllegalStateException("no word for " + outcome);
  }

  private void refuse(RulesText document, List<Finding> findings) {
    findings.forEach(finding -> environment().say(document.line(finding)));
    throw new CommandFailure(
        ExitCode.REFUSED,
        findings.size()
            + (findings.size() == 1 ? " is" : " are")
            + " wrong; nothing was published");
  }

  private int awaitTick(PublishedRules rules, RulesTicks ticks, RuleLog log) {
    JsonLines out = new JsonLines(environment().out());
    out.write(
        status(rules, "published")
            .put("sha256", rules.getSha256())
            .put("published_at", rules.getPublishedAt().toString()));
    out.flush();
    Optional<Long> clock =
        ticks.await(
            rules.getVersion(), version -> isPublished(log, version), environment(), timeout);
    if (clock.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NO_ANSWER,
          "version %d is published, but within %s not every partition of ingress had a tick that carries it: does the clock run, and do ticks carry no higher version that was lost?"
              .formatted(rules.getVersion(), DurationText.of(timeout)));
    }
    out.write(status(rules, "in_force").put("clock", clock.get()));
    out.flush();
    return ExitCode.DONE;
  }

  private static boolean isPublished(RuleLog log, long version) {
    log.readToEnd();
    return log.get(version).isPresent();
  }

  private static ObjectNode status(PublishedRules rules, String status) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", rules.getVersion())
        .put("status", status);
  }

  private Environment environment() {
    return parent.twinlog().environment();
  }
}
