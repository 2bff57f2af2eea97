// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.log.RuleBooks;
import io.twinlog.rules.log.RulesUnusableException;
import io.twinlog.schemas.AlertLog;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.escalation.AlertReexecution;
import io.twinlog.wire.json.AvroJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link AlertReexecution} makes of the inbox, beside what {@code alert.log} says: whether one
 * alert's history is what its causes and the rules come to.
 */
final class Rederivation {
  /** What is due so shortly before the end of the inbox may still be on its way to the log. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

  private static final Duration RULES_PATIENCE = Duration.ofSeconds(2);
  private static final String SAME = "same";

  private final SortedMap<Long, AlertLog> derived = new TreeMap<>();
  private final SortedMap<Long, AlertLog> logged;
  private final long settled;
  private final String figures;

  private Rederivation(
      AlertId alert, SortedMap<Long, AlertLog> logged, AlertReexecution run, String inbox) {
    this.logged = logged;
    for (AlertLog log : run.end()) {
      if (log.getAlertId().equals(alert.toString())) {
        derived.put(log.getVersion(), log);
      }
    }
    this.settled = run.clock() - ON_ITS_WAY.toMillis();
    this.figures =
        "%d events derived again from %d records of %s%s"
            .formatted(
                derived.size(),
                run.heard(),
                inbox,
                run.parked() == 0 ? "" : ", " + run.parked() + " of them parked, and left out");
  }

  /**
   * Derives it.
   *
   * @param inbox what it held when the log was looked at
   * @param logged what the log says of the alert, by version
   */
  static Rederivation of(
      Provenance provenance,
      RulesDesk rules,
      TopicSpan inbox,
      AlertId alert,
      SortedMap<Long, AlertLog> logged) {
    int partition =
        Partitions.of(alert.key().getBytes(StandardCharsets.UTF_8), inbox.ends().size());
    TopicSpan span = inbox.partition(partition);
    String begin =
        span.beginnings().values().stream().anyMatch(offset -> offset > 0)
            ? ", which has lost its first records"
            : "";
    try (RuleBook book =
        RuleBooks.ofLog(rules.settings(), RULES_PATIENCE, why -> why).open(RuleSet.DEFAULT)) {
      AlertReexecution run =
          new AlertReexecution(alert.key(), version -> book.at(version).escalation());
      provenance.read(
          span, record -> run.read(record.key(), record.value(), Letter.headers(record)));
      return new Rederivation(
          alert, logged, run, provenance.shown(span.topic()) + "/" + partition + begin);
    } catch (RulesUnusableException e) {
      throw new CommandFailure(ExitCode.FAILED, e.getMessage());
    }
  }

  /** What is to be said of an event that the log has. */
  String verdict(long version) {
    AlertLog again = derived.get(version);
    if (again == null) {
      return "NOT DERIVED";
    }
    List<String> differences = differences(logged.get(version), again);
    return differences.isEmpty() ? SAME : "DIFFERS: " + String.join("; ", differences);
  }

  /** The same, of all that were compared. */
  private static List<String> differences(AlertLog log, AlertLog again) {
    List<String> differences = new ArrayList<>();
    JsonNode told = AvroJson.of(log);
    JsonNode derived = AvroJson.of(again);
    derived
        .properties()
        .forEach(
            field -> {
              JsonNode other = told.path(field.getKey());
              if (!other.equals(field.getValue())) {
                differences.add(
                    "%s: %s, derived %s".formatted(field.getKey(), other, field.getValue()));
              }
            });
    return differences;
  }

  /** Events that follow, and that the log should have by now. */
  List<ObjectNode> missing() {
    List<ObjectNode> missing = new ArrayList<>();
    derived.forEach(
        (version, log) -> {
          if (!logged.containsKey(version) && log.getClock() < settled) {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("version", version);
            line.set("value", AvroJson.of(log));
            missing.add(line.put("derived", "NOT IN alert.log"));
          }
        });
    return missing;
  }

  /** Whether the log says what follows, and nothing else. */
  boolean holds() {
    return missing().isEmpty() && logged.keySet().stream().allMatch(this::isSame);
  }

  private boolean isSame(long version) {
    return verdict(version).equals(SAME);
  }

  /** A line for a person. */
  String summary() {
    long same = logged.keySet().stream().filter(this::isSame).count();
    return "%s: %d of %d in alert.log are the same, %d are not there"
        .formatted(figures, same, logged.size(), missing().size());
  }
}
