// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.telemetry.Assessor.Assessment;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryCommand.Processed;
import io.twinlog.domain.telemetry.TelemetryCommand.Registered;
import io.twinlog.domain.telemetry.TelemetryCommand.Withdrawn;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.Forgotten;
import io.twinlog.domain.telemetry.TelemetryFact.LatestTold;
import io.twinlog.domain.telemetry.TelemetryFact.Rejected;
import java.util.ArrayList;
import java.util.List;

/**
 * The telemetry of a device. It is no event store: it has no state but its id, what is kept is in
 * the vitals, and what is decided is what is told. Which checks a measurement violates is for
 * {@link Assessor}, windows for {@link LaneWork}, what follows by rule for {@link Consequences},
 * what comes of results for {@link Results}. Not for threads to share.
 */
public final class Telemetry
    implements Aggregate<String, TelemetryVitals, TelemetryCommand, TelemetryStep> {
  private final QualityRules rules;
  private final TelemetryLimits limits;
  private final RecordForm form;
  private final LaneWork work;
  private final Assessor assessor;
  private final Consequences consequences;
  private final Results results;

  /**
   * What it works with.
   *
   * @param checks of users' jars
   * @param form of records that are kept
   * @param windows form of those that are kept
   */
  public record Means(
      Sketches sketches, RecordForm form, WindowForm windows, QualityChecks checks) {}

  public Telemetry(QualityRules rules, TelemetryLimits limits, Means means) {
    this.rules = rules;
    this.limits = limits;
    this.form = means.form();
    this.work =
        new LaneWork(new LaneWork.Means(rules.statistics(), means.sketches(), means.windows()));
    this.assessor = new Assessor(rules, means.checks(), limits.metricsMax());
    this.consequences = new Consequences(rules);
    this.results = new Results(rules, limits, form, consequences);
  }

  @Override
  public String initial(String id) {
    return id;
  }

  @Override
  public boolean hasState() {
    return false;
  }

  @Override
  public boolean isNothing(String id, TelemetryVitals vitals) {
    return vitals.isNothing();
  }

  @Override
  public TelemetryVitals initialVitals() {
    return TelemetryVitals.NONE;
  }

  @Override
  public long version(String id) {
    return 0;
  }

  @Override
  public boolean touchesOnlyVitals(TelemetryVitals vitals, TelemetryCommand command, Moment now) {
    return !(command instanceof Collected || command instanceof Processed);
  }

  @Override
  public Decision<TelemetryStep> decide(
      String id, TelemetryVitals vitals, TelemetryCommand command, Moment now) {
    return command instanceof Collected collected
        ? Decision.accepted(List.of(collected(id, vitals, collected.measurement(), now)))
        : results.processed(vitals, (Processed) command, now);
  }

  private TelemetryStep collected(
      String id, TelemetryVitals vitals, Measurement measurement, Moment now) {
    List<TelemetryFact> facts = new ArrayList<>(4);
    long presentFrom = presentFrom(vitals, measurement, now);
    boolean present = measurement.timestamp() >= presentFrom;
    Lane before = present ? vitals.present() : vitals.past();
    List<TelemetryFact> windows = new ArrayList<>(0);
    LaneWork lane = work.begin(before, windows);
    Assessor.Subject subject = new Assessor.Subject(id, vitals.model(), vitals.registered());
    Assessment assessment = judged(assessor.assess(subject, measurement, lane, now));
    ScoredRecord record =
        new ScoredRecord(
            id + '/' + measurement.eventId(),
            id,
            vitals.model(),
            measurement,
            assessment.score(),
            assessment.flags(),
            1,
            "",
            0);
    Consequences.Anomalies anomalies = consequences.anomalies(record, vitals.told(), now);
    record = anomalies.record();
    Kept kept = vitals.kept();
    long tooLate = vitals.tooLate();
    long published = vitals.published();
    if (assessment.isHard()) {
      lane.withoutNew();
      facts.add(new Rejected(record));
    } else {
      byte[] packed = form.pack(record);
      facts.add(new Accepted(record, packed));
      kept = results.awaited(kept, packed, now);
      tooLate += lane.isTooLate(measurement.timestamp()) ? 1 : 0;
      boolean latest = count(measurement, lane, present ? Lane.EMPTY : vitals.present(), now);
      facts.addAll(windows);
      if (latest) {
        facts.add(new LatestTold());
        published = Math.max(published, now.clock());
      }
    }
    facts.addAll(anomalies.facts());
    TelemetryVitals next =
        new TelemetryVitals(
            vitals.model(),
            vitals.registered(),
            Math.max(vitals.clock(), now.clock()),
            presentFrom,
            present ? lane.lane() : vitals.present(),
            present ? vitals.past() : lane.lane(),
            kept,
            anomalies.told(),
            tooLate,
            published);
    return new TelemetryStep(next, facts);
  }

  /** Too low a score is a reason, too. */
  private Assessment judged(Assessment assessment) {
    if (assessment.isHard() || assessment.score() >= rules.threshold()) {
      return assessment;
    }
    List<Flag> flags = new ArrayList<>(assessment.flags());
    flags.add(
        new Flag(
            "",
            "score",
            true,
            Numbers.text(assessment.score()) + " is below " + Numbers.text(rules.threshold())));
    return new Assessment(assessment.score(), flags);
  }

  /**
   * The first record that comes in time begins the present, at a midnight so early that all which
   * come in time from here on are in it, and that no window of the past reaches over: of any two
   * records with the same window, both are in one lane.
   */
  private long presentFrom(TelemetryVitals vitals, Measurement measurement, Moment now) {
    if (vitals.presentFrom() != Long.MAX_VALUE || assessor.isBackfill(measurement, now)) {
      return vitals.presentFrom();
    }
    long day = WindowSize.DAY.start(assessor.earliestInTime(measurement, now));
    Lane past = vitals.past();
    return past.isEmpty()
        ? day
        : Math.max(day, WindowSize.DAY.start(past.newest()) + WindowSize.DAY.millis());
  }

  /**
   * The values of an accepted record count.
   *
   * @param over the lane whose values are newer than all of this one
   * @return whether one of them is the newest of its metric
   */
  private boolean count(Measurement measurement, LaneWork lane, Lane over, Moment now) {
    long time = measurement.timestamp();
    lane.at(time, now.clock());
    boolean newest = false;
    List<Measurement.Value> values = measurement.values();
    for (int i = 0; i < values.size(); i++) {
      Measurement.Value value = values.get(i);
      if (lane.hasRoom(value.metric(), limits.metricsMax())) {
        // All values of an accepted record were believed: their tracks are there.
        Track track = lane.track(value.metric());
        newest |= track.accept(value.value(), time) && !over.hasValue(value.metric());
        if (Numbers.isOne(value.value())) {
          lane.count(track, Numbers.of(value.value()), time);
        }
      }
    }
    lane.close(limits.windowBytesMax());
    return newest;
  }

  @Override
  public boolean isSignOfLife(TelemetryCommand command) {
    return command instanceof Collected;
  }

  @Override
  public Circumstance circumstance(TelemetryCommand command, TelemetryStep step, Moment now) {
    return new Circumstance(now.logTime(), Cause.ANNOUNCED);
  }

  @Override
  public String evolve(String id, Recorded<TelemetryStep> step) {
    return id;
  }

  @Override
  public TelemetryVitals observe(
      TelemetryVitals vitals, TelemetryCommand command, List<TelemetryStep> steps, Moment now) {
    if (!steps.isEmpty()) {
      return steps.get(0).after();
    }
    if (command instanceof Registered registered) {
      return vitals.ofModel(registered.model());
    }
    return command instanceof Withdrawn ? vitals.withdrawn(now.clock()) : vitals;
  }

  @Override
  public TelemetryVitals mirror(TelemetryVitals vitals, String id, Moment now) {
    return vitals;
  }

  @Override
  public TelemetryVitals afterDeadline(TelemetryVitals vitals, List<TelemetryStep> steps) {
    return steps.get(0).after();
  }

  @Override
  public int heapBytes(TelemetryVitals vitals) {
    return vitals.present().heapBytes()
        + vitals.past().heapBytes()
        + vitals.kept().heapBytes()
        + 120 * vitals.told().size();
  }

  @Override
  public long deadline(TelemetryVitals vitals) {
    long lateness = rules.statistics().lateness();
    long lanes = Math.min(vitals.present().deadline(lateness), vitals.past().deadline(lateness));
    long rewrite = vitals.hasLatest() ? vitals.published() + limits.rewrite() : NEVER;
    return Math.min(lanes, Math.min(rewrite, endsAt(vitals)));
  }

  /** The clock at which it is forgotten. A device that is registered never is. */
  private long endsAt(TelemetryVitals vitals) {
    boolean ends = !vitals.registered() && !vitals.isNothing();
    return ends ? vitals.clock() + limits.retention() : NEVER;
  }

  @Override
  public List<TelemetryStep> atDeadline(String id, TelemetryVitals vitals, Moment now) {
    List<TelemetryFact> facts = new ArrayList<>();
    if (endsAt(vitals) <= now.clock()) {
      end(vitals.present(), facts);
      end(vitals.past(), facts);
      facts.add(new Forgotten());
      return List.of(new TelemetryStep(TelemetryVitals.NONE, facts));
    }
    long lateness = rules.statistics().lateness();
    TelemetryVitals next =
        vitals.with(
            silent(vitals.present(), lateness, now, facts),
            silent(vitals.past(), lateness, now, facts));
    if (vitals.hasLatest() && vitals.published() + limits.rewrite() <= now.clock()) {
      facts.add(new LatestTold());
      next = next.publishedAt(now.clock());
    }
    return List.of(new TelemetryStep(next, facts));
  }

  private Lane silent(Lane lane, long lateness, Moment now, List<TelemetryFact> facts) {
    if (lane.deadline(lateness) > now.clock()) {
      return lane;
    }
    work.begin(lane, facts).silence(now.clock());
    return work.lane();
  }

  private void end(Lane lane, List<TelemetryFact> facts) {
    work.begin(lane, facts).end();
  }

  @Override
  public boolean projectionDue(TelemetryVitals vitals, Moment now) {
    return false;
  }

  @Override
  public TelemetryVitals projected(TelemetryVitals vitals, Moment now) {
    return vitals;
  }

  @Override
  public boolean ended(String id) {
    return false;
  }
}
