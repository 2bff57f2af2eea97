// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Aggregate;
import io.twinlog.domain.ExpectedVersion;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.Alert;
import io.twinlog.domain.escalation.AlertCommand;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertEvent.RecoveryRequested;
import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.AlertVitals;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.Inhibition;
import io.twinlog.domain.escalation.Mute;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.flink.AggregateBinding;
import io.twinlog.flink.Change;
import io.twinlog.flink.Change.Step;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Notice;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.AlertInputs;
import io.twinlog.wire.escalation.AlertInputs.Reported;
import io.twinlog.wire.escalation.AlertLogCodec;
import io.twinlog.wire.escalation.AlertNewsCodec;
import io.twinlog.wire.escalation.AlertRecords;
import io.twinlog.wire.escalation.AlertSnapshots;
import io.twinlog.wire.escalation.AlertVitalsCodec;
import io.twinlog.wire.escalation.MuteCodec;
import io.twinlog.wire.ingress.HandledFlaws;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ties the rules of alerts to the records that they read and write. It decides nothing. */
final class AlertBinding
    implements AggregateBinding<AlertState, AlertVitals, AlertCommand, AlertEvent> {
  /** Keys of notices about what alerts mute; no alert has such a key. */
  private static final String MUTE = "mute/";

  /** Versions of the rules that are kept ready; running alerts keep to older ones. */
  private static final int VERSIONS_MAX = 64;

  private final RuleBook book;
  private final AlertRules rules;
  private final Map<Long, EscalationRules> byVersion = new LinkedHashMap<>(16, 0.75f, true);
  private final AlertSnapshots states = new AlertSnapshots();
  private final AlertVitalsCodec vitals = new AlertVitalsCodec();
  private final AlertNewsCodec news = new AlertNewsCodec();
  private final MuteCodec mutes = new MuteCodec();
  private final NoticeBytes bytes = new NoticeBytes();
  private final SingleObject singleObject = new SingleObject();
  private final HandledFlaws flaws = new HandledFlaws(Topic.EVENTS_ERROR);
  private long version = -1;
  private Alert alert;

  /** The event that was read last, which {@link #heard} is then asked about. */
  private Event event;

  private JsonNode payload;

  AlertBinding(RuleBook book, AlertRules rules) {
    this.book = book;
    this.rules = rules;
  }

  /** Whether a notice changes what is muted, and is no news of an alert. */
  static boolean isMute(Notice notice) {
    return notice.key().startsWith(MUTE);
  }

  @Override
  public Aggregate<AlertState, AlertVitals, AlertCommand, AlertEvent> aggregate(long wanted) {
    if (wanted != version) {
      alert = new Alert(rules, at(wanted).policies(), of -> at(of).policies());
      version = wanted;
    }
    return alert;
  }

  private EscalationRules at(long wanted) {
    EscalationRules known = byVersion.get(wanted);
    if (known == null) {
      known = book.at(wanted).escalation();
      if (byVersion.size() == VERSIONS_MAX) {
        byVersion.remove(byVersion.keySet().iterator().next());
      }
      byVersion.put(wanted, known);
    }
    return known;
  }

  @Override
  public Codec<AlertState> states() {
    return states;
  }

  @Override
  public BinaryCodec<AlertVitals> vitals() {
    return vitals;
  }

  @Override
  public Input<AlertCommand> read(InboxRecord record) {
    try {
      // Event types have a dot, commands have none.
      return record.type().indexOf('.') < 0 ? request(record) : report(record);
    } catch (UnreadableException | IllegalArgumentException e) {
      // The router lets none of these pass: somebody else wrote to the inbox.
      return unreadable(DeadLetterReason.MALFORMED, "not_avro", "", e.getMessage());
    }
  }

  private Input<AlertCommand> report(InboxRecord record) {
    event = singleObject.decode(record.value(), Event.class);
    Reported reported =
        AlertInputs.reported(event, !record.flags().isEmpty(), record.clock().wall());
    payload = reported.payload();
    if (reported.command().isEmpty()) {
      return unreadable(
          DeadLetterReason.INVALID_PAYLOAD,
          "bad_format",
          "data.payload.recovery_id",
          "is no id of an attempt to recover, as recovery.requests has it: alert id / attempt");
    }
    return new Input.Report<>(
        reported.command().get(),
        new Trace(reported.correlationId(), event.getId(), record.traceparent()),
        IdHash.of(
            event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId()));
  }

  private Input<AlertCommand> request(InboxRecord record) {
    Command command = singleObject.decode(record.value(), Command.class);
    Optional<OfPerson> ofPerson = AlertInputs.of(command);
    if (ofPerson.isEmpty()) {
      return unreadable(
          DeadLetterReason.MALFORMED,
          "invalid_command",
          "command",
          command.getCommand() + " is no command to an alert");
    }
    String correlation = command.getMetadata().getCorrelationId();
    Long expected = command.getExpectedVersion();
    return new Input.Request<>(
        ofPerson.get(),
        new Trace(
            correlation == null ? command.getId() : correlation,
            command.getId(),
            record.traceparent()),
        command.getId(),
        command.getCommand(),
        command.getAggregateId(),
        expected == null ? ExpectedVersion.ANY : expected);
  }

  private static Input<AlertCommand> unreadable(
      DeadLetterReason reason, String code, String path, String message) {
    return new Input.Unreadable<>(reason, List.of(new Reason(code, path, message)));
  }

  /** Each error is recorded, whatever it changes; a state of a source where somebody asks. */
  @Override
  public void heard(
      String key, Input<AlertCommand> input, StateNow<AlertState> state, Outputs outputs)
      throws IOException {
    if (!(input instanceof Input.Report<AlertCommand> report)) {
      return;
    }
    if (report.command() instanceof ErrorReported error) {
      record(key, error.severity(), error.occurredAt(), report.trace(), outputs);
    } else if (report.command() instanceof StateReported said) {
      AlertState now = state.get();
      if (now.phase() == Phase.PENDING || now.phase().isActive()) {
        record(key, now.severity(), said.occurredAt(), report.trace(), outputs);
      }
    }
  }

  private void record(
      String key, Severity severity, long occurredAt, Trace trace, Outputs outputs) {
    byte[] value =
        singleObject.encode(
            AlertRecords.error(event, payload, severity, occurredAt, outputs.rules()));
    outputs.add(Topic.ERROR_RECORDS, key, "ErrorRecord", value, trace);
  }

  @Override
  public void publish(Change<AlertState, AlertVitals, AlertEvent> change, Outputs outputs) {
    for (Step<AlertState, AlertEvent> step : change.steps()) {
      log(step, change, outputs);
      if (step.recorded().event() instanceof RecoveryRequested) {
        request(step, change.trace(), outputs);
      }
    }
    tell(change, outputs);
    for (Step<AlertState, AlertEvent> step : change.steps()) {
      List<Inhibition> inhibitions = at(step.after().policies()).inhibitions();
      List<Inhibition> before = at(step.before().policies()).inhibitions();
      for (Mute mute : Inhibition.changes(before, step.before(), inhibitions, step.after())) {
        outputs.tell(MUTE + mute.id(), step.recorded().version(), bytes.of(mute, mutes));
      }
    }
  }

  private void log(
      Step<AlertState, AlertEvent> step,
      Change<AlertState, AlertVitals, AlertEvent> change,
      Outputs outputs) {
    Trace trace = change.trace();
    AlertLogCodec.Flow flow =
        new AlertLogCodec.Flow(trace.correlationId(), trace.causationId(), change.rules());
    outputs.add(
        Topic.ALERT_LOG,
        AlertLogCodec.id(step.after(), step.recorded()).toString(),
        AlertLogCodec.name(step.recorded().event()),
        singleObject.encode(AlertLogCodec.toAvro(step.after(), step.recorded(), flow)),
        trace);
  }

  private void request(Step<AlertState, AlertEvent> step, Trace trace, Outputs outputs) {
    AlertState state = step.after();
    byte[] value =
        singleObject.encode(
            AlertRecords.recovery(
                state,
                at(state.policies()).policies().of(state.level()).recovery(),
                step.recorded().at().logTime()));
    outputs.add(Topic.RECOVERY_REQUESTS, state.key(), "RecoveryRequest", value, trace);
  }

  /** News of an alert that nobody has been shown is none. */
  private void tell(Change<AlertState, AlertVitals, AlertEvent> change, Outputs outputs) {
    AlertState state = change.state();
    AlertState before = change.steps().isEmpty() ? state : change.steps().get(0).before();
    long gone = AlertNews.gone(before, state);
    if (!state.isShown() && gone == 0) {
      return;
    }
    List<AlertEvent> events = change.steps().stream().map(step -> step.recorded().event()).toList();
    AlertNews told =
        new AlertNews(
            state,
            change.vitals().count(),
            change.vitals().lastAt(),
            AlertNews.calls(events),
            gone,
            at(state.policies()).grouping());
    outputs.tell(change.key(), state.version(), bytes.of(told, news));
  }

  @Override
  public Optional<String> flaw(InboxRecord record, Event output) {
    return flaws.of(record.key(), output, record.type());
  }

  @Override
  public void close() {
    book.close();
  }
}
