// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.DeliveryRules;
import io.twinlog.domain.escalation.DeliverySimulation;
import io.twinlog.domain.escalation.DeliverySimulation.Outage;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.EscalationSimulation;
import io.twinlog.domain.escalation.EscalationSimulation.Line;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Mute;
import io.twinlog.domain.escalation.SilenceCommand;
import io.twinlog.rules.read.ScenarioReader;
import io.twinlog.wire.AlertId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Errors, commands and edits of policies over days, to see what alerts would do. Format:
 * docs/escalation.md, "Try it first".
 *
 * @param until end, ms since the beginning
 * @param steps in the order of their times
 * @param rules by version; those of the beginning have version 0
 */
public record Scenario(long until, List<Step> steps, Map<Long, EscalationRules> rules) {
  /** The clock stands so when a scenario begins: that of a new installation's first ticks. */
  public static final long BEGINNING = 1_000;

  public Scenario {
    steps = steps.stream().sorted(Comparator.comparingLong(Step::at)).toList();
    rules = Map.copyOf(rules);
  }

  /** Something that happens; its time is in ms since the beginning. */
  public sealed interface Step {
    long at();
  }

  /** What has an error. */
  public record Source(String name, String code) {
    /** The key of its alerts. */
    public String key() {
      return AlertId.key(name, code);
    }
  }

  /** An error comes. */
  public record Fails(
      long at,
      String eventId,
      Source source,
      Severity severity,
      String message,
      SortedMap<String, String> labels)
      implements Step {}

  /** A source is in a state of which somebody may want to be told. */
  public record IsInState(long at, String eventId, Source source, SortedMap<String, String> labels)
      implements Step {}

  /** What was wrong is not any more. */
  public record Recovers(long at, String eventId, Source source) implements Step {}

  /** An attempt to recover that runs then is over. */
  public record RecoveryEnds(long at, String eventId, Source source, boolean succeeded)
      implements Step {}

  /**
   * Somebody gives a command to the alert that is there then.
   *
   * @param command by the version that opened it
   */
  public record Commands(long at, Source source, LongFunction<AlertCommand> command)
      implements Step {}

  /** Somebody silences alerts. */
  public record SetsSilence(long at, String id, List<Matcher> matchers, long until, Author by)
      implements Step {}

  /** A target takes nothing for a while. */
  public record GoesDown(long at, String target, long forMillis) implements Step {}

  /** Other rules are in force. */
  public record Publishes(long at, long version) implements Step {}

  /**
   * Reads one; what is wrong is told with its place.
   *
   * @param base rules where it says nothing
   */
  public static Reading read(String text, EscalationRules base) {
    return new ScenarioReader(base).read(text);
  }

  /**
   * What was read.
   *
   * @param scenario empty: it is wrong
   */
  public record Reading(Optional<Scenario> scenario, List<Finding> findings) {}

  /**
   * What is heard of one thing: what it comes to when a scenario is played.
   *
   * @param version of the rules in force
   */
  public sealed interface Heard {
    long clock();
  }

  /** An alert hears something. */
  public record OfAlert(long clock, long version, Source source, AlertCommand command)
      implements Heard {}

  /** A silence is set. */
  public record OfSilence(long clock, String id, SilenceCommand command) implements Heard {}

  /**
   * Plays it by the real rules. All that happened, in order.
   *
   * @param mutingCheck as the job has it, ms
   * @param logTime of the beginning, epoch ms
   * @param inputs told of each input, in order
   */
  public List<Line> play(
      AlertRules alertRules, long mutingCheck, long logTime, Consumer<Heard> inputs) {
    EscalationSimulation simulation =
        new EscalationSimulation(alertRules, mutingCheck, rules::get, logTime - BEGINNING);
    long version = 0;
    for (Step step : steps) {
      if (step instanceof Publishes publishes) {
        version = publishes.version();
      } else if (step instanceof GoesDown) {
        // Alerts hear nothing of it: who is to be told is the same.
        continue;
      } else if (step instanceof SetsSilence silence) {
        OfSilence heard =
            new OfSilence(
                BEGINNING + silence.at,
                silence.id,
                new SilenceCommand(silence.matchers, logTime + silence.until, silence.by));
        inputs.accept(heard);
        simulation.hear(Mute.SILENCE + heard.id, heard.command, heard.clock);
      } else {
        OfAlert heard = ofAlert(simulation, step, version, logTime + step.at());
        inputs.accept(heard);
        simulation.hear(heard.source.key(), heard.command, heard.clock, version);
      }
    }
    return delivered(simulation.play(BEGINNING + until));
  }

  private List<Line> delivered(List<Line> lines) {
    Map<String, List<Outage>> outages = new TreeMap<>();
    for (Step step : steps) {
      if (step instanceof GoesDown down) {
        long from = BEGINNING + down.at;
        outages
            .computeIfAbsent(down.target, target -> new ArrayList<>())
            .add(new Outage(from, from + down.forMillis));
      }
    }
    List<Line> all = new ArrayList<>(lines);
    all.addAll(
        new DeliverySimulation(DeliveryRules.DEFAULT, outages).play(lines, BEGINNING + until));
    all.sort(Comparator.comparingLong(Line::clock));
    return List.copyOf(all);
  }

  private static OfAlert ofAlert(
      EscalationSimulation simulation, Step step, long version, long at) {
    long clock = BEGINNING + step.at();
    if (step instanceof Fails fails) {
      ErrorReported error =
          new ErrorReported(
              fails.eventId,
              fails.source.name,
              fails.source.code,
              fails.severity,
              fails.message,
              fails.labels,
              at);
      return new OfAlert(clock, version, fails.source, error);
    } else if (step instanceof IsInState state) {
      StateReported said =
          new StateReported(
              state.eventId, state.source.name, state.source.code, "", state.labels, at);
      return new OfAlert(clock, version, state.source, said);
    } else if (step instanceof Recovers recovers) {
      return new OfAlert(clock, version, recovers.source, new CauseGone(recovers.eventId, at));
    } else if (step instanceof RecoveryEnds ends) {
      AlertState now = simulation.state(ends.source.key(), clock);
      RecoveryEnded ended =
          new RecoveryEnded(
              ends.eventId, now.opening(), now.recovery().number(), ends.succeeded, at);
      return new OfAlert(clock, version, ends.source, ended);
    } else if (step instanceof Commands commands) {
      long opening = simulation.state(commands.source.key(), clock).opening();
      return new OfAlert(clock, version, commands.source, commands.command.apply(opening));
    }
    throw new IllegalStateException("no rule for " + step);
  }
}
