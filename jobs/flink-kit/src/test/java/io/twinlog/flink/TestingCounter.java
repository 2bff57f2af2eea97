// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.schemas.Event;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The smallest aggregate that needs all of the shell: a sum that must be opened first, with rounds
 * that end by time alone. Its inputs are text: {@code report ID WHAT AMOUNT} and {@code request ID
 * EXPECTED WHAT AMOUNT}.
 *
 * <p>WHAT is {@code open} (AMOUNT: length of a round, 0: time does nothing), {@code add}, {@code
 * twice} (two events), {@code touch} (vitals only), {@code round} (another length from now on),
 * {@code nothing} (accepted, no event), {@code end}. The third round that ends ends the sum.
 */
final class TestingCounter
    implements AggregateBinding<
        TestingCounter.Sum, TestingCounter.Pulse, TestingCounter.Say, TestingCounter.Happened> {
  static final int ROUNDS = 3;

  /** Times that any instance read or wrote a state. */
  static final AtomicInteger STATE_ACCESSES = new AtomicInteger();

  /** A round that ends at this total throws, while {@link #BROKEN}. */
  static final long BAD_TOTAL = 666;

  /** Whether the rule for {@code poison} throws. */
  static final AtomicBoolean BROKEN = new AtomicBoolean(true);

  record Sum(String id, long version, long total, int rounds, boolean ended) {}

  /**
   * What every input touches.
   *
   * @param round length; 0: none
   * @param due clock at which the round ends
   */
  record Pulse(boolean known, long round, long due, int rounds, long shown) {}

  record Say(String what, long amount) {}

  record Happened(String what, long amount) {}

  /** The rules. */
  private static final class Rules implements Aggregate<Sum, Pulse, Say, Happened> {
    @Override
    public Sum initial(String id) {
      return new Sum(id, 0, 0, 0, false);
    }

    @Override
    public Pulse initialVitals() {
      return new Pulse(false, 0, 0, 0, 0);
    }

    @Override
    public long version(Sum state) {
      return state.version;
    }

    @Override
    public boolean touchesOnlyVitals(Pulse vitals, Say command, Moment now) {
      return vitals.known && command.what.equals("touch");
    }

    @Override
    public Decision<Happened> decide(Sum state, Pulse vitals, Say command, Moment now) {
      boolean open = command.what.equals("open");
      if (open && state.version > 0) {
        return Decision.refused("already_registered", "", state.id + " is open");
      }
      if (!open && state.version == 0) {
        return Decision.refused("unknown_device", "", state.id + " is not open");
      }
      if (command.what.equals("poison") && BROKEN.get()) {
        throw new IllegalStateException("no rule for poison");
      }
      Happened event = new Happened(command.what, command.amount);
      return switch (command.what) {
        case "nothing", "touch" -> Decision.accepted(List.of());
        case "twice" -> Decision.accepted(List.of(event, event));
        default -> Decision.accepted(List.of(event));
      };
    }

    @Override
    public Circumstance circumstance(Say command, Happened event, Moment now) {
      return new Circumstance(now.logTime(), Cause.ANNOUNCED);
    }

    @Override
    public Sum evolve(Sum state, Recorded<Happened> event) {
      return new Sum(
          state.id,
          event.version(),
          state.total + (event.event().what.matches("add|twice") ? event.event().amount : 0),
          state.rounds + (event.cause() == Cause.TIMEOUT ? 1 : 0),
          event.event().what.equals("end"));
    }

    @Override
    public Pulse observe(Pulse vitals, Say command, List<Happened> events, Moment now) {
      return switch (command.what) {
        case "open", "round" ->
            new Pulse(
                true, command.amount, now.clock() + command.amount, vitals.rounds, vitals.shown);
        case "touch" ->
            new Pulse(
                vitals.known,
                vitals.round,
                now.clock() + vitals.round,
                vitals.rounds,
                vitals.shown);
        default -> vitals;
      };
    }

    @Override
    public Pulse mirror(Pulse vitals, Sum state, Moment now) {
      long due = vitals.due + vitals.round * (state.rounds - vitals.rounds);
      return new Pulse(state.version > 0, vitals.round, due, state.rounds, vitals.shown);
    }

    @Override
    public long deadline(Pulse vitals) {
      return vitals.round == 0 ? NEVER : vitals.due;
    }

    @Override
    public List<Happened> atDeadline(Sum state, Pulse vitals, Moment now) {
      if (state.total == BAD_TOTAL && BROKEN.get()) {
        throw new IllegalStateException("no rule for the end of a bad round");
      }
      return List.of(new Happened(vitals.rounds == ROUNDS - 1 ? "end" : "round-over", 0));
    }

    @Override
    public boolean projectionDue(Pulse vitals, Moment now) {
      return false;
    }

    @Override
    public Pulse projected(Pulse vitals, Moment now) {
      return new Pulse(vitals.known, vitals.round, vitals.due, vitals.rounds, now.clock());
    }

    @Override
    public boolean snapshotDue(Sum state, Pulse vitals, Moment now) {
      return state.version % 5 == 0;
    }

    @Override
    public Pulse snapshotTaken(Pulse vitals, Sum state, Moment now) {
      return vitals;
    }

    @Override
    public boolean ended(Sum state) {
      return state.ended;
    }
  }

  @Override
  public Aggregate<Sum, Pulse, Say, Happened> aggregate(long version) {
    return new Rules();
  }

  @Override
  public Codec<Sum> states() {
    return new Codec<>() {
      @Override
      public byte[] encode(Sum sum) {
        STATE_ACCESSES.incrementAndGet();
        return String.join(
                " ",
                sum.id,
                "" + sum.version,
                "" + sum.total,
                "" + sum.rounds,
                Boolean.toString(sum.ended))
            .getBytes(UTF_8);
      }

      @Override
      public Sum decode(byte[] bytes) {
        STATE_ACCESSES.incrementAndGet();
        String[] parts = new String(bytes, UTF_8).split(" ");
        return new Sum(
            parts[0],
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]),
            Integer.parseInt(parts[3]),
            Boolean.parseBoolean(parts[4]));
      }
    };
  }

  @Override
  public BinaryCodec<Pulse> vitals() {
    return new BinaryCodec<>() {
      @Override
      public void write(Pulse pulse, DataOutput out) throws IOException {
        out.writeBoolean(pulse.known);
        out.writeLong(pulse.round);
        out.writeLong(pulse.due);
        out.writeInt(pulse.rounds);
        out.writeLong(pulse.shown);
      }

      @Override
      public Pulse read(DataInput in) throws IOException {
        return new Pulse(
            in.readBoolean(), in.readLong(), in.readLong(), in.readInt(), in.readLong());
      }
    };
  }

  @Override
  public Input<Say> read(InboxRecord record) {
    String[] words = text(record.value()).split(" ");
    Trace trace = new Trace("flow", words.length > 1 ? words[1] : "", record.traceparent());
    return switch (words[0]) {
      case "report" ->
          new Input.Report<>(
              new Say(words[2], Long.parseLong(words[3])), trace, IdHash.of("s", "c", words[1]));
      case "request" ->
          new Input.Request<>(
              new Say(words[3], Long.parseLong(words[4])),
              trace,
              words[1],
              words[3],
              record.key(),
              Long.parseLong(words[2]));
      default ->
          new Input.Unreadable<>(
              DeadLetterReason.MALFORMED, List.of(new Reason("not_text", "", "no such word")));
    };
  }

  /** Of an event the payload. */
  private static String text(byte[] value) {
    return SingleObject.marks(value)
        ? UTF_8
            .decode(new SingleObject().decode(value, Event.class).getData().getPayload())
            .toString()
        : new String(value, UTF_8);
  }

  @Override
  public void publish(Change<Sum, Pulse, Happened> change, Outputs outputs) {
    for (Change.Step<Sum, Happened> step : change.steps()) {
      Recorded<Happened> recorded = step.recorded();
      if (recorded.event().what.equals("late-poison") && BROKEN.get()) {
        throw new IllegalStateException("no output for late poison");
      }
      String text =
          "%d: %s %d at %d by %s"
              .formatted(
                  recorded.version(),
                  recorded.event().what,
                  recorded.event().amount,
                  recorded.at().clock(),
                  recorded.cause().text());
      outputs.add(Topic.DEVICE_LOG, change.key(), "Happened", text.getBytes(UTF_8), change.trace());
      outputs.tell(change.key(), recorded.version(), new byte[0]);
    }
    byte[] sum = change.ended() ? null : ("sum " + change.state().total).getBytes(UTF_8);
    outputs.add(Topic.DEVICE_STATE, change.key(), "Sum", sum, change.trace());
    if (change.snapshot()) {
      outputs.add(Topic.DEVICE_SNAPSHOTS, change.key(), "Sum", sum, change.trace());
    }
  }

  @Override
  public Optional<String> flaw(InboxRecord record, Event output) {
    String of = output.getSource().getComponentId();
    return of.equals(record.key()) ? Optional.empty() : Optional.of(of + " is not " + record.key());
  }
}
