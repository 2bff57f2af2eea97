// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.fleet;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering;
import io.twinlog.domain.Moment;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.Status;
import io.twinlog.domain.device.StatusTally;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.domain.fleet.FleetFact.ModelCounted;
import io.twinlog.domain.fleet.FleetState.Minute;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts the fleet by model and status, and notices when too many of it fall silent at once. All
 * that it writes, it writes as a minute of the clock ends. It takes no device offline: that has
 * happened when it hears of it.
 */
public final class Fleet implements Gathering<FleetState, DeviceMove, FleetFact> {
  /** The one key that there is. */
  public static final String KEY = "fleet";

  private final FleetRules rules;

  public Fleet(FleetRules rules) {
    this.rules = rules;
  }

  @Override
  public FleetState initial(String key) {
    return FleetState.EMPTY;
  }

  @Override
  public Gathered<FleetState, FleetFact> take(FleetState state, DeviceMove move, Moment now) {
    TreeMap<String, StatusTally> models = new TreeMap<>(state.models());
    TreeSet<String> changed = new TreeSet<>(state.changed());
    if (move.kind() != DeviceMove.Kind.CAME) {
      count(models, changed, row(models, move.modelBefore()), move.from(), -1);
    }
    if (move.kind() != DeviceMove.Kind.WENT) {
      count(models, changed, row(models, move.model()), move.to(), 1);
    }
    Minute minute = minuteOf(state, now);
    return Gathered.quietly(
        new FleetState(
            state.version(),
            models,
            changed,
            move.fellSilent() ? with(minute, move, row(models, move.model())) : minute,
            state.rewrittenClock() == 0 ? now.clock() : state.rewrittenClock()));
  }

  /** A model keeps the row that it first got: a device leaves the one that it was counted in. */
  private static String row(SortedMap<String, StatusTally> models, String model) {
    boolean room = models.size() < FleetRules.MODELS_MAX;
    return models.containsKey(model) || room ? model : FleetRules.OTHER_MODELS;
  }

  private static void count(
      SortedMap<String, StatusTally> models,
      SortedSet<String> changed,
      String row,
      Status status,
      long amount) {
    models.merge(
        row,
        StatusTally.NOTHING.plus(status, amount),
        (before, ignored) -> before.plus(status, amount));
    changed.add(row);
  }

  private static Minute minuteOf(FleetState state, Moment now) {
    long number = now.clock() / Minute.MILLIS;
    return state.minute().number() == number ? state.minute() : Minute.quiet(number);
  }

  private static Minute with(Minute minute, DeviceMove move, String row) {
    TreeMap<String, Long> byModel = new TreeMap<>(minute.byModel());
    byModel.merge(row, 1L, Long::sum);
    List<String> ids = minute.deviceIds();
    if (ids.size() < FleetRules.IDS_MAX) {
      ids = new ArrayList<>(ids);
      ids.add(move.deviceId());
    }
    return new Minute(minute.number(), minute.silent() + 1, byModel, ids);
  }

  /** The last millisecond of a minute: what happens as the next one begins belongs to that. */
  @Override
  public long deadline(FleetState state) {
    if (state.models().isEmpty()) {
      return Aggregate.NEVER;
    }
    boolean pending = !state.changed().isEmpty() || state.minute().silent() > 0;
    return pending ? state.minute().end() - 1 : state.rewrittenClock() + rules.rewrite();
  }

  @Override
  public Gathered<FleetState, FleetFact> atDeadline(FleetState state, Moment now) {
    boolean rewrite = now.clock() >= state.rewrittenClock() + rules.rewrite();
    SortedSet<String> due = rewrite ? new TreeSet<>(state.models().keySet()) : state.changed();
    Moment end = now.atClock(now.clock() + 1);
    List<FleetFact> facts = new ArrayList<>();
    long version = state.version();
    for (String model : due) {
      facts.add(new ModelCounted(++version, model, state.models().get(model), end));
    }
    Minute minute = state.minute();
    long inService = state.inService();
    if (minute.silent() >= rules.silentDevicesMin()
        && minute.silent() * 100 > inService * rules.silencePercent()) {
      facts.add(
          new MassSilence(
              ++version, end, minute.silent(), inService, minute.byModel(), minute.deviceIds()));
    }
    return new Gathered<>(
        new FleetState(
            version,
            state.models(),
            new TreeSet<>(),
            Minute.quiet(end.clock() / Minute.MILLIS),
            rewrite ? now.clock() : state.rewrittenClock()),
        facts);
  }

  @Override
  public boolean ended(FleetState state) {
    return false;
  }
}
