// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.Finding;
import io.twinlog.rules.RuleDocument;
import io.twinlog.rules.log.StoredRules.UnsoundException;
import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The book that is written in the log. It waits for a version that is not there yet, as work must
 * not go on by other rules; it never puts anything in the place of one that cannot be read. Not for
 * threads to share.
 */
final class LoggedRuleBook implements RuleBook {
  /** Sets that it keeps ready; more are read again when they are asked for again. */
  static final int SETS_MAX = 64;

  private static final Logger LOG = LoggerFactory.getLogger(LoggedRuleBook.class);
  private static final int FINDINGS_TOLD = 3;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration TELL = Duration.ofSeconds(5);

  private final Supplier<RuleShelf> shelves;
  private final RuleSet base;
  private final Duration wait;
  private final RuleBooks.Ending ending;
  private final Map<Long, RuleSet> sets = new LinkedHashMap<>(16, 0.75f, true);
  private RuleShelf shelf;

  LoggedRuleBook(
      Supplier<RuleShelf> shelves, RuleSet base, Duration wait, RuleBooks.Ending ending) {
    this.shelves = shelves;
    this.base = base;
    this.wait = wait;
    this.ending = ending;
  }

  @Override
  public RuleSet at(long version) {
    if (version == 0) {
      return base;
    }
    RuleSet known = sets.get(version);
    return known == null ? keep(version, read(version)) : known;
  }

  private RuleSet keep(long version, RuleSet set) {
    sets.put(version, set);
    Iterator<Long> longestUnused = sets.keySet().iterator();
    if (sets.size() > SETS_MAX) {
      longestUnused.next();
      longestUnused.remove();
    }
    return set;
  }

  private RuleSet read(long version) {
    PublishedRules published;
    try {
      published = await(version);
    } catch (UnsoundException e) {
      throw unusable(
          "version %d of the rules is not as it was published: %s. Publish the rules anew, or run the build that wrote them; this version has been in force, so what it decided cannot be repeated"
              .formatted(version, e.getMessage()),
          e);
    }
    RuleDocument.Reading reading = RuleDocument.read(published.getDocument(), version, base);
    return reading
        .rules()
        .orElseThrow(
            () ->
                unusable(
                    "version %d of the rules cannot be read by this build: %s. Run the build that it was published with, or a newer one"
                        .formatted(version, told(reading.findings())),
                    null));
  }

  private static String told(List<Finding> findings) {
    return findings.stream()
        .limit(FINDINGS_TOLD)
        .map(
            finding ->
                "line %d: %s: %s".formatted(finding.line(), finding.path(), finding.message()))
        .collect(Collectors.joining("; "));
  }

  private PublishedRules await(long version) {
    long begin = System.nanoTime();
    long told = begin;
    while (true) {
      Optional<PublishedRules> found = look(version);
      if (found.isPresent()) {
        return found.get();
      }
      long now = System.nanoTime();
      if (now - begin > wait.toNanos()) {
        throw unusable(
            "version %d of the rules is in force, and after %d s it is still not in the topic of rules: was the topic deleted, or is it not mirrored with the others? Bring its records back and start the job again; nothing is lost meanwhile"
                .formatted(version, wait.toSeconds()),
            null);
      }
      if (now - told > TELL.toNanos()) {
        told = now;
        LOG.warn(
            "waits for version {} of the rules, which is in force and not in the topic; for {} s so far",
            version,
            (now - begin) / 1_000_000_000);
      }
    }
  }

  private Optional<PublishedRules> look(long version) {
    try {
      if (shelf == null) {
        shelf = shelves.get();
      }
      return shelf.find(version, wait.compareTo(LOOK) < 0 ? wait : LOOK);
    } catch (TimeoutException e) {
      LOG.warn("no answer about version {} of the rules: {}", version, e.getMessage());
      return Optional.empty();
    }
  }

  private RuntimeException unusable(String message, Throwable cause) {
    return ending.of(new RulesUnusableException(message, cause));
  }

  @Override
  public void close() {
    if (shelf != null) {
      shelf.close();
    }
  }
}
