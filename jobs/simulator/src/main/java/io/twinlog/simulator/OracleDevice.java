// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.Device;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Event;
import io.twinlog.simulator.OracleInbox.Heard;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.device.DeviceInputs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One device, told its records one after the other. Everything is kept, on the heap. */
final class OracleDevice {
  private static final long DAY = 24L * 60 * 60 * 1000;

  /** A move, and when and where the second stages count it. */
  record Told(DeviceMove move, LogClock clock, long offset) {}

  /** An id that was applied. */
  private record Applied(long hash, long clock) {}

  /** The answer to a command. */
  private record Answer(byte[] bytes, long clock) {}

  private final String id;
  private final Device rules;
  private final OracleSettings settings;
  private final OraclePages pages;
  private final List<Told> told;
  private final SingleObject singleObject = new SingleObject();

  private DeviceState state;
  private DeviceVitals vitals;
  private final LinkedList<Applied> ids = new LinkedList<>();
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private String home = "";
  private long sharedUntil;
  private long answersUntil;
  private LogClock latest = LogClock.UNKNOWN;
  private long lastOffset = -1;

  OracleDevice(String id, OracleSettings settings, List<Expected> written, List<Told> told) {
    this.id = id;
    this.settings = settings;
    this.rules = new Device(settings.device());
    this.pages = new OraclePages(id, written);
    this.told = told;
    begin();
  }

  private void begin() {
    state = rules.initial(id);
    vitals = rules.initialVitals();
    ids.clear();
    answers.clear();
    home = "";
    sharedUntil = 0;
    answersUntil = 0;
  }

  void hear(Heard heard) {
    String type = heard.entry().header(HeaderNames.TYPE).orElseThrow();
    if (type.equals("data.processed")) {
      return; // it is of a telemetry record, and says nothing of the device
    }
    boolean atHome = heard.source().equals(home) && sharedUntil <= heard.clock().clock();
    passTo(atHome ? heard.clock().clock() : heard.frontier());
    pages.turnTo(heard.clock());
    LogClock counted = heard.clock().clock() >= latest.clock() ? heard.clock() : latest;
    if (type.contains(".")) {
      report(heard, singleObject.decode(heard.entry().value(), Event.class), counted);
    } else {
      command(heard, singleObject.decode(heard.entry().value(), Command.class), counted);
    }
  }

  private void report(Heard heard, Event event, LogClock counted) {
    Moment now = heard.clock().moment();
    long hash =
        IdHash.of(
            event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId());
    long since = now.clock() - settings.idsHorizonMillis();
    if (ids.stream().anyMatch(known -> known.hash() == hash && known.clock() >= since)) {
      return;
    }
    boolean skewed = heard.entry().header(HeaderNames.FLAGS).isPresent();
    DeviceCommand report =
        DeviceInputs.report(event, skewed ? now.logTime() : event.getTimestamp().toEpochMilli());
    // Always: the job's short cut for what touches only the vitals must come to the same.
    Decision<DeviceEvent> decision = rules.decide(state, vitals, report, now);
    if (decision instanceof Decision.Refused<DeviceEvent> refused) {
      pages.deadLetter(refused.reasons().get(0).code(), heard.entry().value());
      return;
    }
    List<DeviceEvent> events = ((Decision.Accepted<DeviceEvent>) decision).events();
    OraclePages.Flow flow = OraclePages.Flow.of(event.getMetadata(), event.getId());
    List<OraclePages.Line> lines = happen(events, now, one -> rules.circumstance(report, one, now));
    vitals = rules.observe(vitals, report, events, now);
    while (!ids.isEmpty() && (ids.size() == settings.idsMax() || ids.getFirst().clock() < since)) {
      ids.removeFirst();
    }
    ids.add(new Applied(hash, now.clock()));
    if (rules.isSignOfLife(report)) {
      if (!home.isEmpty() && !home.equals(heard.source())) {
        sharedUntil = now.clock() + DAY;
      }
      home = heard.source();
    }
    write(lines, flow, now, counted, heard.entry().offset());
    long occurredAt = ((DeviceCommand.Report) report).occurredAt();
    pages.reported(report, lines, state, hash, new OraclePages.Told(occurredAt, flow));
    remember(heard);
  }

  private void command(Heard heard, Command command, LogClock counted) {
    Moment now = heard.clock().moment();
    long since = now.clock() - settings.resultsHorizonMillis();
    Answer before = answers.get(command.getId());
    if (before != null && before.clock() >= since) {
      pages.result(command.getId(), before.bytes());
      return;
    }
    DeviceCommand request = DeviceInputs.request(command).orElseThrow();
    long version = state.version();
    Decision<DeviceEvent> decision = decide(command, request, now);
    CommandResult result;
    if (decision instanceof Decision.Refused<DeviceEvent> refused) {
      boolean conflict = refused.reasons().stream().anyMatch(r -> r.code().equals("conflict"));
      result = result(command, CommandStatus.REFUSED, version, conflict, refused.reasons(), 0);
    } else {
      List<DeviceEvent> events = ((Decision.Accepted<DeviceEvent>) decision).events();
      List<OraclePages.Line> lines =
          happen(events, now, one -> rules.circumstance(request, one, now));
      vitals = rules.observe(vitals, request, events, now);
      OraclePages.Flow flow = OraclePages.Flow.of(command.getMetadata(), command.getId());
      write(lines, flow, now, counted, heard.entry().offset());
      long hash = IdHash.of("commands", command.getCommand(), command.getId());
      pages.reported(request, lines, state, hash, new OraclePages.Told(now.logTime(), flow));
      result = result(command, CommandStatus.ACCEPTED, version, false, List.of(), events.size());
    }
    byte[] bytes = singleObject.encode(result);
    pages.result(command.getId(), bytes);
    answers.remove(command.getId());
    answers.put(command.getId(), new Answer(bytes, now.clock()));
    Iterator<Answer> oldest = answers.values().iterator();
    for (int over = answers.size() - settings.resultsMax(); over > 0; over--) {
      oldest.next();
      oldest.remove();
    }
    answersUntil = Math.max(answersUntil, now.clock() + settings.resultsHorizonMillis());
    remember(heard);
  }

  private Decision<DeviceEvent> decide(Command command, DeviceCommand request, Moment now) {
    long version = state.version();
    Long expected = command.getExpectedVersion();
    boolean conflict = expected != null && expected != version;
    Decision<DeviceEvent> refusal =
        Decision.refused(
            "conflict",
            "expected_version",
            "expected version " + expected + ", but it is at " + version);
    if (conflict && version > 0) {
      return refusal;
    }
    Decision<DeviceEvent> decision = rules.decide(state, vitals, request, now);
    return conflict && decision instanceof Decision.Accepted ? refusal : decision;
  }

  private CommandResult result(
      Command command,
      CommandStatus status,
      long version,
      boolean conflict,
      List<Reason> reasons,
      int events) {
    List<String> eventIds = new ArrayList<>();
    for (int i = 1; i <= events; i++) {
      eventIds.add(id + "/" + (version + i));
    }
    List<io.twinlog.schemas.Reason> written = new ArrayList<>();
    reasons.forEach(
        r -> written.add(new io.twinlog.schemas.Reason(r.code(), r.path(), r.message())));
    return new CommandResult(
        command.getId(),
        command.getCommand(),
        id,
        status,
        version + events,
        conflict ? version : null,
        written,
        eventIds);
  }

  private List<OraclePages.Line> happen(
      List<DeviceEvent> events, Moment at, Function<DeviceEvent, Circumstance> why) {
    List<OraclePages.Line> lines = new ArrayList<>();
    for (DeviceEvent event : events) {
      Circumstance circumstance = why.apply(event);
      Recorded<DeviceEvent> recorded =
          new Recorded<>(
              state.version() + 1, at, circumstance.occurredAt(), circumstance.cause(), event);
      DeviceState before = state;
      state = rules.evolve(state, recorded);
      vitals = rules.mirror(vitals, state, at);
      lines.add(new OraclePages.Line(before, recorded, state));
    }
    return lines;
  }

  private void write(
      List<OraclePages.Line> lines,
      OraclePages.Flow flow,
      Moment now,
      LogClock counted,
      long offset) {
    if (lines.isEmpty() && !rules.projectionDue(vitals, now)) {
      return;
    }
    boolean snapshot = !lines.isEmpty() && rules.snapshotDue(state, vitals, now);
    boolean over = !lines.isEmpty() && rules.ended(state);
    pages.write(lines, flow, over ? null : state, vitals, snapshot);
    for (OraclePages.Line line : lines) {
      DeviceMove.between(line.before(), line.recorded(), line.after())
          .ifPresent(move -> told.add(new Told(move, counted, offset)));
    }
    vitals = rules.projected(vitals, now);
    if (snapshot) {
      vitals = rules.snapshotTaken(vitals, state, now);
    }
    if (over) {
      begin();
    }
  }

  private void remember(Heard heard) {
    lastOffset = heard.entry().offset();
    if (heard.clock().clock() >= latest.clock()) {
      latest = heard.clock();
    }
  }

  /** All that time alone brings, below {@code limit}. */
  void passTo(long limit) {
    while (true) {
      long next = rules.deadline(vitals);
      if (next == Aggregate.NEVER) {
        if (answersUntil != 0 && answersUntil < limit) {
          answers.clear();
          answersUntil = 0;
        }
        return;
      }
      if (next >= limit) {
        return;
      }
      Moment at = latest.moment().atClock(next);
      LogClock clock = new LogClock(latest.epoch(), at.clock(), at.logTime());
      pages.turnTo(clock);
      List<DeviceEvent> events = rules.atDeadline(state, vitals, at);
      List<OraclePages.Line> lines =
          happen(events, at, event -> new Circumstance(at.logTime(), Cause.TIMEOUT));
      write(
          lines,
          OraclePages.Flow.NONE,
          at,
          clock.clock() >= latest.clock() ? clock : latest,
          lastOffset);
      if (clock.clock() > latest.clock()) {
        latest = clock;
      }
    }
  }
}
