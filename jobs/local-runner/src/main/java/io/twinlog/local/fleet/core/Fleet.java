// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.local.fleet.core.FleetMessage.Kind;
import io.twinlog.local.fleet.core.Later.Task;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A fleet of devices as a sequence of messages, and the truth about it. The n-th message has the
 * time n / rate of the fleet; which it is and what it says follows from the plan alone, so the wall
 * clock gives nothing but the timestamps. It sends nothing. Not for threads to share.
 */
public final class Fleet {
  private static final double SECOND = 1_000;

  /** How late a last will comes, a double, an older message: at most. */
  private static final double LATE_MILLIS = 4 * SECOND;

  /** The same in turns of the device: Twinlog knows a double among the last 100 ids of a device. */
  private static final long LATE_TURNS = 20;

  /** How much older an older message is: at most so much, and half a turn. */
  private static final double OLDER_MILLIS = 2 * SECOND;

  private static final double FAULT_MIN_MILLIS = 15 * SECOND;
  private static final double FAULT_MAX_MILLIS = 90 * SECOND;

  /** Time in which Twinlog finds a silence, beyond the timeout. */
  private static final double FOUND_MILLIS = 12 * SECOND;

  /** One in so many devices may be silent at a time. */
  private static final int SILENT_PART = 10;

  private final FleetPlan plan;
  private final Consumer<Fact> truth;
  private final Chances chances;
  private final Dice dice;
  private final Rotation rotation;
  private final Speech speech;
  private final MalformedInput malformed;
  private final Later later = new Later();
  private final BitSet silent;
  private final BitSet faulty;
  private final Map<Integer, Long> silentFrom = new HashMap<>();

  /** Tasks of each device: one that has some cannot fall silent. */
  private final short[] underWay;

  private long messages;
  private long turns;

  /**
   * Makes the fleet.
   *
   * @param truth is told each fact before the message that it is about is returned
   */
  public Fleet(FleetPlan plan, Consumer<Fact> truth) {
    this.plan = plan;
    this.truth = truth;
    chances = Chances.of(plan.mix());
    dice = new Dice(plan.seed());
    rotation = new Rotation(plan.devices(), dice);
    Envelopes envelopes = new Envelopes();
    speech = new Speech(plan, envelopes, truth);
    malformed = new MalformedInput(envelopes);
    silent = new BitSet(plan.devices());
    faulty = new BitSet(plan.devices());
    underWay = new short[plan.devices()];
  }

  /**
   * The registration of a device; to be sent for all, before the first message.
   *
   * @param place of the device in the order of turns, from 0
   */
  public FleetMessage register(int place, long at) {
    return speech.register(rotation.device(place), at);
  }

  /** Time of the next message, in milliseconds since the first. */
  public double offsetMillis() {
    return messages * SECOND / plan.rate();
  }

  /**
   * The next message.
   *
   * @param at what its sender takes for now, milliseconds since 1970
   */
  public FleetMessage next(long at) {
    speech.now(messages, offsetMillis(), at);
    messages++;
    while (later.isDue(messages)) {
      Task task = later.next();
      if (task.kind() != Later.Kind.WAKE) {
        underWay[task.device()]--;
        return carryOut(task);
      }
      silent.clear(task.device());
    }
    return dice.chance(chances.malformed()) ? malformed(at) : turn(at);
  }

  /** Tells what is not over. */
  public void end(long at) {
    speech.end(at);
  }

  private FleetMessage carryOut(Task task) {
    return switch (task.kind()) {
      case SEND -> {
        tellAgain(task.message());
        yield task.message();
      }
      case LAST_WILL -> speech.lastWill(task.device(), task.detail());
      case RECOVER -> {
        faulty.clear(task.device());
        yield speech.recovered(task.device(), FaultKind.of(task.detail()));
      }
      case WAKE -> throw new IllegalStateException("a device that wakes sends nothing by itself");
    };
  }

  private void tellAgain(FleetMessage message) {
    truth.accept(
        speech
            .fact(message.device(), message.kind() == Kind.DOUBLE ? "double" : "disorder")
            .with("id", message.id()));
  }

  private FleetMessage malformed(long at) {
    int device = dice.below(plan.devices());
    Malformed kind = Malformed.any(dice);
    String name = speech.name(device);
    String id = "bad-" + plan.run() + "-" + messages;
    byte[] value = malformed.write(kind, id, name, at, dice);
    String found = MalformedInput.idIn(kind, id);
    truth.accept(
        speech
            .fact(device, "malformed")
            .with("malformed", kind.text())
            .with("reason", kind.reason().text())
            .with("id", found));
    return new FleetMessage(Kind.MALFORMED, device, name, found, value);
  }

  private FleetMessage turn(long at) {
    int device = rotation.device(turns++);
    while (silent.get(device)) {
      device = rotation.device(turns++);
    }
    if (!silentFrom.isEmpty() && silentFrom.containsKey(device)) {
      truth.accept(
          speech
              .fact(device, "speaks_again")
              .withInstant("silent_from", silentFrom.remove(device))
              .withInstant("silent_until", at));
    }
    FleetMessage said = say(device);
    if (dice.chance(chances.doubled())) {
      later.send(lately(), said.as(Kind.DOUBLE));
      underWay[device]++;
    }
    if (dice.chance(chances.silence()) && canFallSilent(device)) {
      fallSilent(device, at);
    }
    return said;
  }

  private FleetMessage say(int device) {
    if (speech.sessions(device) == 0) {
      return speech.online(device);
    }
    if (plan.again() && speech.hasJustCome(device)) {
      return speech.allClear(device);
    }
    double lot = dice.unit();
    if (lot < chances.reconnect()) {
      return reconnect(device);
    }
    lot -= chances.reconnect();
    if (lot < chances.fault() && !faulty.get(device)) {
      return fail(device);
    }
    lot -= chances.fault();
    if (lot >= 0 && lot < chances.disorder()) {
      return overtake(device);
    }
    return dice.chance(chances.heartbeat())
        ? speech.heartbeat(device)
        : speech.telemetry(device, 0);
  }

  private FleetMessage reconnect(int device) {
    later.add(lately(), Later.Kind.LAST_WILL, device, speech.sessions(device));
    underWay[device]++;
    return speech.online(device);
  }

  private FleetMessage fail(int device) {
    FaultKind fault = FaultKind.any(dice);
    double lasts = FAULT_MIN_MILLIS + (FAULT_MAX_MILLIS - FAULT_MIN_MILLIS) * dice.unit();
    later.add(messages + plan.messagesIn(lasts), Later.Kind.RECOVER, device, fault.ordinal());
    underWay[device]++;
    faulty.set(device);
    return speech.error(device, fault);
  }

  /** Telemetry that is sent before an older one of the same device. */
  private FleetMessage overtake(int device) {
    double most = Math.min(OLDER_MILLIS, plan.turnMillis() / 2);
    FleetMessage older = speech.telemetry(device, dice.between(1, Math.max(1, (long) most)));
    later.send(lately(), older.as(Kind.OLDER));
    underWay[device]++;
    return speech.telemetry(device, 0);
  }

  private long lately() {
    long most = Math.min(plan.messagesIn(LATE_MILLIS), LATE_TURNS * plan.devices());
    return messages + dice.between(1, most);
  }

  private boolean canFallSilent(int device) {
    return plan.devices() > 1
        && underWay[device] == 0
        && silent.cardinality() < Math.max(1, plan.devices() / SILENT_PART);
  }

  private void fallSilent(int device, long at) {
    double lasts = plan.timeoutMillis() * (1 + dice.unit()) + FOUND_MILLIS;
    silent.set(device);
    silentFrom.put(device, at);
    later.add(messages + plan.messagesIn(lasts), Later.Kind.WAKE, device, 0);
    truth.accept(
        speech
            .fact(device, "silent")
            .withInstant("silent_from", at)
            .with("timeout_ms", plan.timeoutMillis()));
  }
}
