// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.rules.log.RuleLog;
import io.twinlog.rules.log.RuleLogSettings;
import java.time.Duration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the end of the topic of rules, so that the next tick puts in force what was published.
 * It does not read the rules, and holds no tick up: without an answer the version stays.
 */
final class RulesWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);

  /** A hundredth of a pulse: enough for a broker that is near to answer. */
  private static final Duration LOOK = Duration.ofMillis(10);

  /** Less than what a tick may be late by. */
  private static final Duration CHECK = Duration.ofSeconds(1);

  /** Less than what is an outage: time goes on from the start without rules, too. */
  private static final Duration START = Duration.ofSeconds(5);

  private final RuleLog log;
  // Read by reporters of metrics.
  private volatile RulesVersion version;

  private RulesWatch(RuleLog log, RulesVersion version) {
    this.log = log;
    this.version = version;
  }

  /**
   * Reads all that is published, if it can.
   *
   * @param carried by the last ticks
   */
  static RulesWatch open(RuleLogSettings settings, long carried, MetricGroup metrics) {
    return open(settings, carried, metrics, START);
  }

  /**
   * The same.
   *
   * @param patience how long to wait for an answer; without one the version stays
   */
  static RulesWatch open(
      RuleLogSettings settings, long carried, MetricGroup metrics, Duration patience) {
    RulesWatch watch = new RulesWatch(RuleLog.open(settings), RulesVersion.goingOn(carried));
    try {
      watch.take(() -> watch.log.readToEnd(patience));
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    }
    watch.tellLoss();
    metrics.gauge("twinlog_rules_version", () -> watch.version.carried());
    metrics.gauge("twinlog_rules_lost", () -> watch.version.isLost() ? 1 : 0);
    return watch;
  }

  /** That ticks carry from now on. */
  long version() {
    return version.carried();
  }

  /** Takes in what was published since. */
  void look() {
    take(() -> log.readOn(LOOK));
  }

  /** Looks whether the topic still has what is in force. */
  void check() {
    take(() -> log.readToEnd(CHECK));
    tellLoss();
  }

  private void take(Runnable reading) {
    try {
      reading.run();
      take();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // Time goes on; what was published takes effect later.
      LOG.error("the topic of rules cannot be read; version {} stays in force", version(), e);
    }
  }

  private void take() {
    RulesVersion next = version.published(log.highest());
    if (next.carried() > version.carried()) {
      LOG.info("version {} of the rules is in force from the next tick on", next.carried());
    }
    version = next;
  }

  private void tellLoss() {
    if (version.isLost()) {
      LOG.error(
          "version {} of the rules is in force, and the topic of rules ends at {}, as far as it could be read: was it deleted, or made anew? Jobs that are started will wait for it; bring its records back",
          version.carried(),
          version.published());
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
