// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.ScoredRecord;
import io.twinlog.local.fleet.core.Fleet;
import io.twinlog.local.fleet.core.FleetMessage;
import io.twinlog.local.fleet.core.FleetPlan;
import io.twinlog.local.fleet.core.Mix;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulated fleet said, as the rules judged it, and what was true of it. It reads no clock:
 * the same seed gives the same trial, everywhere.
 *
 * @param records in the order in which they came
 * @param wrongs what was wrong with sensors
 * @param unreadable messages that became dead letters
 * @param repeats messages whose id was there before
 */
public record Trial(List<ScoredRecord> records, List<Wrong> wrongs, long unreadable, long repeats) {
  /** Time from one message of a device to its next, about: what the rules count on. */
  public static final int INTERVAL_SECONDS = 60;

  /** 2026-01-01T00:00:00Z. */
  private static final long BEGINNING = 1_767_225_600_000L;

  private static final long TICK = 1_000;

  /**
   * A fleet to be tried.
   *
   * @param events that it sends after it was registered
   */
  public record Setting(long seed, int devices, int events) {
    FleetPlan plan() {
      double rate = (double) devices / INTERVAL_SECONDS;
      return new FleetPlan(seed, devices, rate, Mix.USUAL, "sim", "1", false);
    }
  }

  /** Lets a fleet speak, and judges what it says. */
  public static Trial of(Setting setting, QualityRules rules) {
    Truth truth = new Truth();
    Fleet fleet = new Fleet(setting.plan(), truth);
    Judge judge = new Judge(rules);
    List<ScoredRecord> records = new ArrayList<>(setting.events());
    for (int place = 0; place < setting.devices(); place++) {
      hear(fleet.register(place, BEGINNING), judge, BEGINNING, records);
    }
    for (int i = 0; i < setting.events(); i++) {
      long at = BEGINNING + (long) fleet.offsetMillis();
      hear(fleet.next(at), judge, at, records);
    }
    fleet.end(BEGINNING + (long) fleet.offsetMillis());
    return new Trial(records, truth.wrongs(), judge.unreadable(), judge.repeats());
  }

  private static void hear(FleetMessage message, Judge judge, long at, List<ScoredRecord> records) {
    long tick = at - at % TICK;
    Moment now = new Moment(tick - BEGINNING + TICK, tick);
    judge.accept(message.key(), message.value(), now).ifPresent(records::add);
  }
}
