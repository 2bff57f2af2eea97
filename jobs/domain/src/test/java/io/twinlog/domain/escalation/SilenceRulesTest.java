// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.escalation.Matcher.Op;
import io.twinlog.domain.escalation.SilenceState.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilenceRulesTest {
  private static final long HOUR = 3_600_000;
  private static final long LOG_TIME = 1_767_225_600_000L;
  private static final Matcher SITE = new Matcher("site", Op.EQUALS, "north");

  private final SilenceRules rules = new SilenceRules();
  private SilenceState state = rules.initial("silence/works");
  private SilenceVitals vitals = rules.initialVitals();

  private static Moment at(long clock) {
    return new Moment(clock, LOG_TIME + clock);
  }

  private List<Reason> decides(long clock, SilenceCommand command) {
    passes(clock);
    Decision<SilenceEvent> decision = rules.decide(state, vitals, command, at(clock));
    if (decision instanceof Decision.Refused<SilenceEvent> refused) {
      return refused.reasons();
    }
    ((Decision.Accepted<SilenceEvent>) decision).events().forEach(event -> record(event, clock));
    return List.of();
  }

  private void record(SilenceEvent event, long clock) {
    state =
        rules.evolve(
            state,
            new Recorded<>(state.version() + 1, at(clock), LOG_TIME + clock, Cause.COMMAND, event));
    vitals = rules.projected(rules.mirror(vitals, state, at(clock)), at(clock));
  }

  private void passes(long until) {
    while (rules.deadline(vitals) < until && !rules.ended(state)) {
      long deadline = rules.deadline(vitals);
      List<SilenceEvent> events = rules.atDeadline(state, vitals, at(deadline));
      events.forEach(event -> record(event, deadline));
      if (events.isEmpty()) {
        assertThat(rules.projectionDue(vitals, at(deadline))).isTrue();
        vitals = rules.projected(vitals, at(deadline));
      }
    }
  }

  private static SilenceCommand until(long clock, Matcher... matchers) {
    return new SilenceCommand(
        List.of(matchers), LOG_TIME + clock, new AlertCommand.Author("anna", "works"));
  }

  @Test
  void endsWhenItsTimeIsOverAndIsForgottenADayLater() {
    decides(0, until(HOUR, SITE));
    assertThat(state.mute().until()).isEqualTo(HOUR);

    passes(HOUR + 1);
    assertThat(state.phase()).isEqualTo(Phase.ENDED);
    assertThat(state.mute().isOver()).isTrue();
    passes(26 * HOUR);
    assertThat(rules.ended(state)).isTrue();
  }

  @Test
  void isChangedUnderItsIdAndEndedByAnEndThatIsPast() {
    decides(0, until(HOUR, SITE));
    decides(1_000, until(48 * HOUR, SITE));
    passes(30 * HOUR);
    assertThat(state.phase()).isEqualTo(Phase.ACTIVE);
    assertThat(decides(30 * HOUR, until(0, SITE))).isEmpty();
    assertThat(state.phase()).isEqualTo(Phase.ENDED);
    assertThat(decides(31 * HOUR, until(0, SITE)))
        .extracting(Reason::path)
        .containsExactly("data.ends_at");
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertThat(decides(0, until(HOUR, new Matcher("site", Op.MATCHES, "("))))
        .extracting(Reason::path)
        .containsExactly("data.matchers[0].value");
    assertThat(decides(0, until(HOUR, new Matcher("site", Op.DIFFERS, "north"))))
        .extracting(Reason::path)
        .containsExactly("data.matchers");
    assertThat(decides(0, until(HOUR, new Matcher("site", Op.MATCHES, ".*"))))
        .extracting(Reason::path)
        .containsExactly("data.matchers");
    SilenceCommand never =
        new SilenceCommand(List.of(SITE), SilenceCommand.NO_TIME, new AlertCommand.Author("", ""));
    assertThat(decides(0, never)).extracting(Reason::path).containsExactly("data.ends_at");
    assertThat(state.version()).isZero();
  }

  @Test
  void matchesWholeValues() {
    assertThat(new Matcher("site", Op.MATCHES, "n.*").fits(Map.of("site", "north"))).isTrue();
    assertThat(new Matcher("site", Op.MATCHES, "nor").fits(Map.of("site", "north"))).isFalse();
    assertThat(new Matcher("site", Op.EQUALS, "").fits(Map.of())).isTrue();
    assertThat(new Matcher("site", Op.DIFFERS, "x").fits(Map.of())).isTrue();
  }

  @Test
  void anExpressionThatTakesForEverFitsNothing() {
    Matcher evil = new Matcher("site", Op.MATCHES, "(a+)+b");

    assertThat(evil.fits(Map.of("site", "a".repeat(256)))).isFalse();
  }
}
