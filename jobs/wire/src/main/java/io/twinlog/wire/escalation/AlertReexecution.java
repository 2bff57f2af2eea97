// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.Cause;
import io.twinlog.domain.ExpectedVersion;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertLife;
import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.InboxTick;
import io.twinlog.wire.Absent;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.LedgerKeeper;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.escalation.AlertInputs.Reported;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Derives the alerts of one source and code again from what their inbox partition holds, as the
 * escalation job does: it is given that partition from its begin, ticks and all. It reads no state
 * and no other topic but the rules.
 */
public final class AlertReexecution {
  /** As the job remembers them: escalation.dedupe.ids, escalation.dedupe.horizon. */
  private static final int IDS_MAX = 100;

  private static final int RESULTS_MAX = 32;
  private static final long RESULTS_HORIZON = Duration.ofHours(24).toMillis();

  private final byte[] key;
  private final SingleObject singleObject = new SingleObject();
  private final Frontier frontier = new Frontier();
  private final Repeats repeats = new Repeats();
  private final Recent<Long> ids;
  private final Recent<String> commands = new Recent<>(RESULTS_MAX, RESULTS_HORIZON);
  private final AlertLife life;
  private final List<AlertLog> derived = new ArrayList<>();
  private int heard;
  private int parked;

  /** Of what is heard now; what a deadline does copies none. */
  private AlertLogCodec.Flow flow = new AlertLogCodec.Flow("", "", 0);

  /**
   * @param key of the alerts
   * @param rules by their version
   */
  public AlertReexecution(String key, LongFunction<EscalationRules> rules) {
    this(key, rules, AlertRules.DEFAULT, IDS_MAX);
  }

  /**
   * The same, with other settings.
   *
   * @param idsMax that are remembered, for as long as {@code settings} has it
   */
  public AlertReexecution(
      String key, LongFunction<EscalationRules> rules, AlertRules settings, int idsMax) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.ids = new Recent<>(idsMax, settings.memory());
    this.life = new AlertLife(key, settings, rules, new Log());
  }

  /** What has been heard so long ago is heard once more; and where there is no room. */
  private record Recent<T>(int max, long horizon, Deque<T> ids, Deque<Long> clocks) {
    Recent(int max, long horizon) {
      this(max, horizon, new ArrayDeque<>(), new ArrayDeque<>());
    }

    boolean has(T id, long clock) {
      while (!clocks.isEmpty() && clocks.peek() < clock - horizon) {
        clocks.remove();
        ids.remove();
      }
      return ids.contains(id);
    }

    void add(T id, long clock) {
      if (ids.size() == max) {
        clocks.remove();
        ids.remove();
      }
      ids.add(id);
      clocks.add(clock);
    }
  }

  /** Takes down what happens. */
  private final class Log implements AlertLife.Witness {
    @Override
    public void happened(
        AlertState before, Recorded<AlertEvent> recorded, AlertState after, long rules) {
      boolean alone = recorded.cause() == Cause.TIMEOUT;
      derived.add(
          AlertLogCodec.toAvro(
              after,
              recorded,
              new AlertLogCodec.Flow(
                  alone ? "" : flow.correlationId(), alone ? "" : flow.causationId(), rules)));
    }

    @Override
    public void told(String of, AlertNews news, Moment at) {
      // Who is to be told is of the stages behind the alert.
    }
  }

  /**
   * Takes the next record of the partition.
   *
   * @param recordKey may be null, as on Kafka
   * @param value may be null
   */
  public void read(byte[] recordKey, byte[] value, List<Header> headers) {
    if (value == null) {
      return;
    }
    Optional<String> origin = Header.text(headers, HeaderNames.ORIGIN);
    Optional<String> clock = Header.text(headers, HeaderNames.CLOCK);
    try {
      if (Header.text(headers, HeaderNames.TYPE).filter(HeaderNames.TICK::equals).isPresent()) {
        frontier.tick(singleObject.decode(value, InboxTick.class));
      } else if (origin.isPresent() && clock.isPresent()) {
        LogClock own = LogClock.parse(clock.get().getBytes(StandardCharsets.UTF_8));
        passed(Origin.parse(origin.get().getBytes(StandardCharsets.UTF_8)), own);
        if (Arrays.equals(recordKey, key) && !repeats.isRepeat(recordKey, headers)) {
          heard++;
          hear(value, headers, frontier.or(own));
        }
      }
    } catch (UnreadableException | IllegalArgumentException e) {
      // Somebody else wrote it: the job makes a dead letter of it, which changes no alert.
      return;
    }
  }

  private void passed(Origin origin, LogClock clock) {
    if (origin.writer().equals(LedgerKeeper.ROUTER.job())) {
      frontier.passed(Frontier.source(origin.topicId(), origin.partition()), clock);
    }
  }

  private void hear(byte[] value, List<Header> headers, LogClock clock) {
    if (Header.text(headers, HeaderNames.FAILED).isPresent()) {
      parked++;
      return;
    }
    long rules = Long.parseLong(Header.text(headers, HeaderNames.RULES).orElse("0"));
    // Event types have a dot, commands have none.
    if (Header.text(headers, HeaderNames.TYPE).orElse("").indexOf('.') < 0) {
      hear(singleObject.decode(value, Command.class), clock, rules);
    } else {
      boolean ahead = !Header.text(headers, HeaderNames.FLAGS).orElse("").isEmpty();
      Event event = singleObject.decode(value, Event.class);
      hear(AlertInputs.reported(event, ahead, clock.wall()), clock, rules);
    }
  }

  private void hear(Reported reported, LogClock clock, long rules) {
    Event event = reported.event();
    long id =
        IdHash.of(
            event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId());
    pass();
    if (reported.command().isPresent() && !ids.has(id, clock.clock())) {
      flow = new AlertLogCodec.Flow(reported.correlationId(), event.getId(), rules);
      life.hear(reported.command().get(), clock.moment(), rules);
      ids.add(id, clock.clock());
    }
  }

  private void hear(Command command, LogClock clock, long rules) {
    Optional<OfPerson> ofPerson = AlertInputs.of(command);
    pass();
    if (ofPerson.isEmpty() || commands.has(command.getId(), clock.clock())) {
      return;
    }
    commands.add(command.getId(), clock.clock());
    Long expected = command.getExpectedVersion();
    long actual = life.state().version();
    if (expected != null && ExpectedVersion.conflict(expected, actual).isPresent()) {
      life.refuse(clock.moment(), rules);
      return;
    }
    String correlation = Absent.orEmpty(command.getMetadata().getCorrelationId());
    flow =
        new AlertLogCodec.Flow(
            correlation.isEmpty() ? command.getId() : correlation, command.getId(), rules);
    life.hear(ofPerson.get(), clock.moment(), rules);
  }

  /** All that is due by the end of what was read. */
  public List<AlertLog> end() {
    pass();
    return List.copyOf(derived);
  }

  /** What every source partition has passed is past, and nothing else. */
  private void pass() {
    if (frontier.value() != Frontier.NONE) {
      life.pass(frontier.value());
    }
  }

  /** The clock that every source partition has passed; {@link Frontier#NONE}. */
  public long clock() {
    return frontier.value();
  }

  /** Records of the key, repeats not counted. */
  public int heard() {
    return heard;
  }

  /** Those of them whose handler had failed: they are not derived again. */
  public int parked() {
    return parked;
  }
}
