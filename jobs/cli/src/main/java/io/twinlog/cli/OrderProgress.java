// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.CommandReport.Entry;
import java.time.Duration;
import java.time.Instant;

/** Hands results on to the report, and says every few seconds how far it is. */
final class OrderProgress implements InOrder.Sink<Entry> {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Environment environment;
  private final CommandReport report;
  private final int orders;
  private final String things;
  private int answered;
  private Instant next;

  /**
   * @param things what each order is about, in the plural
   */
  OrderProgress(Environment environment, CommandReport report, int orders, String things) {
    this.environment = environment;
    this.report = report;
    this.orders = orders;
    this.things = things;
    next = environment.clock().instant().plus(PAUSE);
  }

  @Override
  public void accept(Entry entry) {
    report.accept(entry);
    answered++;
  }

  @Override
  public void pause() {
    report.pause();
    Instant now = environment.clock().instant();
    if (!now.isBefore(next)) {
      next = now.plus(PAUSE);
      environment.say("twinlog: " + answered + " of " + orders + " " + things + " answered");
    }
  }
}
