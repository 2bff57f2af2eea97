// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the sensors of a fleet report: a curve over the day with noise, and now and then something
 * wrong, of which the truth is told. At most one sensor of a device is wrong at a time.
 */
final class Sensors {
  private static final int MINUTES = 24 * 60;
  private static final double MINUTE_MILLIS = 60_000;

  /** Turns of a device that an anomaly lasts. */
  private static final int TURNS_MIN = 10;

  private static final int TURNS_MAX = 60;

  /** How far a drift or a spike leads, in offsets of the metric. */
  private static final double FAR = 3;

  // A table, since Math.sin may differ in its last bit from machine to machine.
  private static final double[] DAY = day();

  private final FleetPlan plan;
  private final Consumer<Fact> truth;
  private final Dice dice;
  private final BitSet wrong;
  private final Map<Integer, Anomaly> anomalies = new HashMap<>();
  private final double wrongShare;

  /**
   * One look of a device at its sensors.
   *
   * @param count of the events of the device, which tells its looks apart
   * @param message number of the message in the fleet
   * @param offsetMillis time of the fleet
   * @param at the same on the wall
   */
  record Look(
      int device, String name, String id, long count, long message, double offsetMillis, long at) {}

  Sensors(FleetPlan plan, Consumer<Fact> truth) {
    this.plan = plan;
    this.truth = truth;
    // Chance of its own: with other shares of anomalies a fleet does the same otherwise.
    dice = new Dice(plan.seed() ^ 0x5E45025L);
    wrong = new BitSet(plan.devices());
    Mix mix = plan.mix();
    wrongShare =
        mix.of(Share.STUCK) + mix.of(Share.DRIFT) + mix.of(Share.DROPOUTS) + mix.of(Share.SPIKES);
  }

  private static double[] day() {
    double[] day = new double[MINUTES + 1];
    for (int minute = 0; minute <= MINUTES; minute++) {
      day[minute] = StrictMath.sin(2 * StrictMath.PI * minute / MINUTES);
    }
    return day;
  }

  /** Appends {@code {"metric":value, ...}}; there is at least one metric. */
  void read(Look look, Ascii into) {
    Anomaly anomaly = anomalyOf(look);
    into.text("{");
    String separator = "\"";
    List<Metric> metrics = DeviceModel.of(look.device).metrics();
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      double actual = metric.rounded(actual(look, metric, i));
      boolean is = anomaly != null && anomaly.metric == metric;
      double reported = is ? metric.rounded(anomaly.read(look, actual)) : actual;
      if (is) {
        tellBegin(look, anomaly);
      }
      if (!is || anomaly.kind != Anomaly.Kind.DROPOUT) {
        into.text(separator).text(metric.name()).text("\":");
        into.decimal(reported, metric.decimals());
        separator = ",\"";
      }
    }
    into.text("}");
  }

  /** What a sensor reports with which nothing is wrong. The first moment of a fleet is 06:00. */
  private double actual(Look look, Metric metric, int place) {
    long sensor = look.device * 16L + place;
    double own = 2 * Dice.unit(plan.seed(), sensor, -1) - 1;
    double noise = 2 * Dice.unit(plan.seed(), sensor, look.count) - 1;
    double minutes = (look.offsetMillis / MINUTE_MILLIS + look.device % 5 * 30) % MINUTES;
    int minute = (int) minutes;
    double curve = DAY[minute] + (DAY[minute + 1] - DAY[minute]) * (minutes - minute);
    return metric.base() + metric.spread() * own + metric.swing() * curve + metric.noise() * noise;
  }

  private Anomaly anomalyOf(Look look) {
    if (wrong.get(look.device)) {
      Anomaly open = anomalies.get(look.device);
      if (look.message < open.until) {
        return open;
      }
      close(look.device, open, look.at);
    }
    double chance = dice.unit();
    if (chance >= wrongShare) {
      return null;
    }
    Anomaly begun = begin(look, kind(chance));
    if (begun.kind != Anomaly.Kind.SPIKE) {
      wrong.set(look.device);
      anomalies.put(look.device, begun);
    }
    return begun;
  }

  private Anomaly.Kind kind(double chance) {
    double rest = chance - plan.mix().of(Share.STUCK);
    if (rest < 0) {
      return Anomaly.Kind.STUCK;
    }
    rest -= plan.mix().of(Share.DRIFT);
    if (rest < 0) {
      return Anomaly.Kind.DRIFT;
    }
    return rest < plan.mix().of(Share.DROPOUTS) ? Anomaly.Kind.DROPOUT : Anomaly.Kind.SPIKE;
  }

  private Anomaly begin(Look look, Anomaly.Kind kind) {
    List<Metric> metrics = DeviceModel.of(look.device).metrics();
    Metric metric = metrics.get(dice.below(metrics.size()));
    double lastsMillis = plan.turnMillis() * dice.between(TURNS_MIN, TURNS_MAX);
    double distance = (dice.chance(0.5) ? FAR : -FAR) * metric.offset();
    long until = look.message + plan.messagesIn(lastsMillis);
    return new Anomaly(kind, metric, look, until, distance, distance / lastsMillis);
  }

  private void tellBegin(Look look, Anomaly anomaly) {
    if (anomaly.kind == Anomaly.Kind.SPIKE) {
      truth.accept(
          anomaly
              .fact(look.name, look.at, "spike")
              .withInstant("end", look.at)
              .with("id", look.id));
    } else if (anomaly.begin == look) {
      truth.accept(
          anomaly.fact(look.name, look.at, anomaly.kind.text() + "_began").with("id", look.id));
    }
  }

  private void close(int device, Anomaly anomaly, long at) {
    wrong.clear(device);
    anomalies.remove(device);
    truth.accept(anomaly.ended(plan.device(device), at));
  }

  /** Tells of what is wrong still. */
  void end(long at) {
    new TreeMap<>(anomalies)
        .forEach(
            (device, anomaly) ->
                truth.accept(anomaly.ended(plan.device(device), at).with("open", true)));
  }
}
