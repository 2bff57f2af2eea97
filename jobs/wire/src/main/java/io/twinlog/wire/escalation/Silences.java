// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Mute;
import io.twinlog.domain.escalation.SilenceCommand;
import io.twinlog.domain.escalation.SilenceState;
import io.twinlog.domain.escalation.SilenceState.Phase;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.LabelMatcher;
import io.twinlog.schemas.Silence;
import io.twinlog.wire.Absent;
import io.twinlog.wire.Codec;
import io.twinlog.wire.SingleObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A silence as {@link Silence}: in alert.silences and in RocksDB; and the command that sets it. Not
 * for threads to share.
 */
public final class Silences implements Codec<SilenceState> {
  /** The command that sets one. */
  public static final String COMMAND = "SilenceAlerts";

  private final SingleObject singleObject = new SingleObject();

  /** The key of a silence in events.error. */
  public static String key(String silenceId) {
    return Mute.SILENCE + silenceId;
  }

  /** Whether a key of events.error is one of a silence. */
  public static boolean isKey(String key) {
    return key.startsWith(Mute.SILENCE);
  }

  @Override
  public byte[] encode(SilenceState state) {
    return singleObject.encode(toAvro(state));
  }

  /** As a record. */
  public static Silence toAvro(SilenceState state) {
    return new Silence(
        id(state.id()),
        state.version(),
        state.matchers().stream()
            .map(one -> new LabelMatcher(one.label(), one.op().text(), one.value()))
            .toList(),
        Absent.toNull(state.by().name()),
        state.by().note(),
        Instant.ofEpochMilli(state.startsAt()),
        Instant.ofEpochMilli(state.endsAt()),
        state.endsClock(),
        state.endedClock(),
        state.phase() == Phase.ACTIVE);
  }

  /** The id that people know it by. */
  public static String id(String key) {
    return key.substring(Mute.SILENCE.length());
  }

  @Override
  public SilenceState decode(byte[] bytes) {
    Silence kept = singleObject.decode(bytes, Silence.class);
    return new SilenceState(
        key(kept.getSilenceId()),
        kept.getVersion(),
        kept.getActive() ? Phase.ACTIVE : Phase.ENDED,
        kept.getMatchers().stream()
            .map(one -> new Matcher(one.getLabel(), Matcher.Op.of(one.getOp()), one.getValue()))
            .toList(),
        new Author(Absent.orEmpty(kept.getAuthor()), kept.getReason()),
        kept.getStartsAt().toEpochMilli(),
        kept.getEndsAt().toEpochMilli(),
        kept.getEndsClock(),
        kept.getEndedClock());
  }

  /** What a command asks for; its shape was checked by the router. */
  public static SilenceCommand of(Command command) {
    JsonNode data = AlertInputs.arguments(command);
    List<Matcher> matchers = new ArrayList<>();
    for (JsonNode one : data.path("matchers")) {
      matchers.add(
          new Matcher(
              one.path("label").asText(""),
              Matcher.Op.of(one.path("op").asText("=")),
              one.path("value").asText("")));
    }
    return new SilenceCommand(
        matchers,
        instant(data.path("ends_at")),
        new Author(Absent.orEmpty(command.getAuthor()), data.path("reason").asText("")));
  }

  private static long instant(JsonNode time) {
    if (time.isIntegralNumber()) {
      return time.asLong();
    }
    try {
      return OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      // It is refused for it.
      return SilenceCommand.NO_TIME;
    }
  }
}
