// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.ExpectedVersion;
import io.twinlog.domain.Reason;
import io.twinlog.domain.escalation.SilenceCommand;
import io.twinlog.domain.escalation.SilenceEvent;
import io.twinlog.domain.escalation.SilenceRules;
import io.twinlog.domain.escalation.SilenceState;
import io.twinlog.domain.escalation.SilenceVitals;
import io.twinlog.flink.AggregateBinding;
import io.twinlog.flink.Change;
import io.twinlog.flink.Change.Step;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.MuteCodec;
import io.twinlog.wire.escalation.SilenceVitalsCodec;
import io.twinlog.wire.escalation.Silences;
import java.util.List;
import java.util.Optional;

/** Ties the rules of silences to the records that they read and write. It decides nothing. */
final class SilenceBinding
    implements AggregateBinding<SilenceState, SilenceVitals, SilenceCommand, SilenceEvent> {
  private final SilenceRules rules = new SilenceRules();
  private final Silences states = new Silences();
  private final SilenceVitalsCodec vitals = new SilenceVitalsCodec();
  private final MuteCodec mutes = new MuteCodec();
  private final NoticeBytes bytes = new NoticeBytes();
  private final SingleObject singleObject = new SingleObject();

  @Override
  public Aggregate<SilenceState, SilenceVitals, SilenceCommand, SilenceEvent> aggregate(
      long version) {
    return rules;
  }

  @Override
  public Codec<SilenceState> states() {
    return states;
  }

  @Override
  public BinaryCodec<SilenceVitals> vitals() {
    return vitals;
  }

  @Override
  public Input<SilenceCommand> read(InboxRecord record) {
    try {
      Command command = singleObject.decode(record.value(), Command.class);
      if (!command.getCommand().equals(Silences.COMMAND)) {
        return malformed("invalid_command", command.getCommand() + " is no command to a silence");
      }
      String correlation = command.getMetadata().getCorrelationId();
      Long expected = command.getExpectedVersion();
      return new Input.Request<>(
          Silences.of(command),
          new Trace(
              correlation == null ? command.getId() : correlation,
              command.getId(),
              record.traceparent()),
          command.getId(),
          command.getCommand(),
          command.getAggregateId(),
          expected == null ? ExpectedVersion.ANY : expected);
    } catch (UnreadableException | IllegalArgumentException e) {
      // The router lets none of these pass: somebody else wrote to the inbox.
      return malformed("not_avro", e.getMessage());
    }
  }

  private static Input<SilenceCommand> malformed(String code, String message) {
    return new Input.Unreadable<>(
        DeadLetterReason.MALFORMED, List.of(new Reason(code, "", message)));
  }

  @Override
  public void publish(Change<SilenceState, SilenceVitals, SilenceEvent> change, Outputs outputs) {
    for (Step<SilenceState, SilenceEvent> step : change.steps()) {
      outputs.tell(change.key(), step.recorded().version(), bytes.of(step.after().mute(), mutes));
    }
    byte[] projection =
        change.ended() ? null : singleObject.encode(Silences.toAvro(change.state()));
    outputs.add(
        Topic.ALERT_SILENCES, Silences.id(change.key()), "Silence", projection, change.trace());
  }

  @Override
  public Optional<String> flaw(InboxRecord record, Event output) {
    return Optional.of("no event is of a silence");
  }
}
