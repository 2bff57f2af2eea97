// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.service.EndpointsFact.Crowded;
import io.twinlog.domain.service.EndpointsFact.Gone;
import io.twinlog.domain.service.EndpointsFact.Listed;
import io.twinlog.domain.service.EndpointsFact.LossHeld;
import io.twinlog.domain.service.ServiceMove.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final long WINDOW = EndpointsRules.DEFAULT.lossWindow();

  private final Endpoints endpoints = new Endpoints(EndpointsRules.DEFAULT);
  private EndpointsState state = endpoints.initial("billing");
  private final List<EndpointsFact> facts = new ArrayList<>();
  private long version;

  private static ServiceMove move(int instance, Kind kind, Health reported) {
    String id = "s-%03d".formatted(instance);
    return new ServiceMove("billing", id, 1, kind, "http://" + id, "1.0", reported);
  }

  private void take(long clock, int instance, Kind kind) {
    take(clock, move(instance, kind, Health.HEALTHY));
  }

  private void take(long clock, ServiceMove move) {
    keep(endpoints.take(state, move, new Moment(clock, clock)));
  }

  private void keep(Gathered<EndpointsState, EndpointsFact> gathered) {
    for (EndpointsFact fact : gathered.facts()) {
      assertThat(fact.version()).isGreaterThan(version);
      version = fact.version();
      facts.add(fact);
    }
    state = gathered.state();
    assertThat(state.version()).isEqualTo(version);
  }

  private void passes(long until) {
    while (endpoints.deadline(state) <= until) {
      long deadline = endpoints.deadline(state);
      keep(endpoints.atDeadline(state, new Moment(deadline, deadline)));
      assertThat(endpoints.deadline(state)).isGreaterThan(deadline);
    }
  }

  private List<String> listed() {
    return facts.stream()
        .filter(fact -> fact instanceof Listed || fact instanceof Gone)
        .reduce((first, second) -> second)
        .map(
            fact ->
                fact instanceof Listed list
                    ? list.instances().stream().map(EndpointsFact.Endpoint::serviceId).toList()
                    : List.<String>of())
        .orElseThrow();
  }

  private void started(int count) {
    for (int i = 0; i < count; i++) {
      take(0, i, Kind.HEARD);
    }
  }

  @Test
  void listsWhoMayTakeLoad() {
    started(2);
    take(1, move(2, Kind.HEARD, Health.DEGRADED));
    take(2, move(0, Kind.HEARD, Health.UNHEALTHY));

    assertThat(listed()).containsExactly("s-001", "s-002");
    assertThat(((Listed) facts.get(3)).instances())
        .containsExactly(
            new EndpointsFact.Endpoint("s-001", "http://s-001", Health.HEALTHY, "1.0"),
            new EndpointsFact.Endpoint("s-002", "http://s-002", Health.DEGRADED, "1.0"));
  }

  @Test
  void tellsNothingWhereTheListIsTheSame() {
    started(1);
    take(1, 0, Kind.HEARD);
    assertThat(facts).hasSize(1);
  }

  @Test
  void oneThatFallsSilentLeavesAtOnceHoweverFewThereAre() {
    started(3);
    take(10, 1, Kind.SILENT);
    assertThat(listed()).containsExactly("s-000", "s-002");
    take(20, 1, Kind.HEARD);
    assertThat(listed()).hasSize(3);
  }

  @Test
  void isForgottenWhenTheClockHasPassedTheEndOfItsLastInstance() {
    started(1);
    take(10, 0, Kind.SILENT);
    assertThat(listed()).isEmpty();
    assertThat(endpoints.ended(state)).isFalse();
    take(20, 0, Kind.EXPIRED);
    assertThat(facts).last().isEqualTo(new Gone(20, "billing"));
    assertThat(endpoints.ended(state)).isFalse();
    passes(21);
    assertThat(endpoints.ended(state)).isTrue();
    assertThat(endpoints.deadline(state)).isEqualTo(Aggregate.NEVER);
  }

  /** Readers drop what is no newer than what they have. */
  @Test
  void aNameThatComesAgainGoesOnFromItsVersion() {
    for (int i = 0; i < 30; i++) {
      take(10, 0, Kind.HEARD);
      take(10, 0, Kind.LEFT);
    }
    assertThat(version).isEqualTo(10 + 59);
    passes(version);
    assertThat(endpoints.ended(state)).isFalse();
    passes(version + 1);
    assertThat(endpoints.ended(state)).isTrue();

    state = endpoints.initial("billing");
    take(version + 1, 1, Kind.HEARD);
    assertThat(listed()).containsExactly("s-001");
  }

  @Test
  void onlyAShareLeavesAtOnceAndThatOthersAreHeldIsTold() {
    started(100);
    for (int i = 99; i >= 60; i--) {
      take(1_000 + 99 - i, i, Kind.SILENT);
    }
    // Fifteen of a hundred: who fell silent first.
    assertThat(listed()).hasSize(85).contains("s-084", "s-060").doesNotContain("s-085", "s-099");
    assertThat(facts).noneMatch(LossHeld.class::isInstance);

    passes(1_014 + WINDOW - 1);
    assertThat(facts).noneMatch(LossHeld.class::isInstance);
    passes(1_014 + WINDOW);
    assertThat(facts)
        .filteredOn(LossHeld.class::isInstance)
        .singleElement()
        .satisfies(
            told -> {
              LossHeld held = (LossHeld) told;
              assertThat(held.known()).isEqualTo(100);
              assertThat(held.held()).isEqualTo(25);
              assertThat(held.serviceIds()).hasSize(25).startsWith("s-060").endsWith("s-084");
            });
    assertThat(listed()).hasSize(70);

    passes(1_014 + 3 * WINDOW);
    assertThat(listed()).hasSize(60);
    assertThat(facts).filteredOn(LossHeld.class::isInstance).hasSize(2);
    assertThat(endpoints.deadline(state))
        .as("nobody is held")
        .isEqualTo(1_014 + 2 * WINDOW + EndpointsRules.DEFAULT.rewrite());
  }

  /** What came with the end of a window came in it. */
  @Test
  void thatOthersAreHeldIsToldThoughAnotherMoveHasTheClockOfTheWindowsEnd() {
    started(10);
    take(1_000, 0, Kind.SILENT);
    take(1_000, 1, Kind.SILENT);
    take(1_000 + WINDOW, 2, Kind.SILENT);
    assertThat(listed()).hasSize(9);

    passes(1_000 + WINDOW);

    assertThat(facts)
        .filteredOn(LossHeld.class::isInstance)
        .singleElement()
        .extracting(fact -> ((LossHeld) fact).serviceIds())
        .isEqualTo(List.of("s-001", "s-002"));
    assertThat(listed()).hasSize(8);
  }

  @Test
  void twoSharesDoNotLeaveWithinAMomentAtTheEndOfAWindow() {
    started(20);
    take(1_000, 0, Kind.SILENT);
    take(1_000 + WINDOW - 1, 1, Kind.SILENT);
    take(1_000 + WINDOW - 1, 2, Kind.SILENT);
    take(1_000 + WINDOW + 1, 3, Kind.SILENT);
    take(1_000 + WINDOW + 1, 4, Kind.SILENT);
    passes(1_000 + 2 * WINDOW - 2);
    assertThat(listed()).as("three of twenty").hasSize(17);
    passes(1_000 + 2 * WINDOW - 1);
    assertThat(listed()).hasSize(15);
  }

  @Test
  void oneThatTakesNoLoadAnywayLeavesAtNobodysCost() {
    started(10);
    take(500, move(0, Kind.HEARD, Health.UNHEALTHY));
    take(1_000, move(0, Kind.SILENT, Health.UNHEALTHY));
    take(1_000, 1, Kind.SILENT);
    assertThat(listed()).hasSize(8).doesNotContain("s-001");
    assertThat(state.instances().get("s-000").isHeld()).isFalse();
  }

  @Test
  void theListIsWrittenAgainOnceADay() {
    long day = EndpointsRules.DEFAULT.rewrite();
    started(1);
    take(5_000, 1, Kind.HEARD);
    passes(5_000 + day - 1);
    assertThat(facts).hasSize(2);
    passes(5_000 + 3 * day);
    assertThat(facts).hasSize(5);
    assertThat(listed()).containsExactly("s-000", "s-001");
    assertThat(facts.get(4).version()).isEqualTo(5_000 + 3 * day);
  }

  @Test
  void aNameWhoseFirstInstanceIsUnhealthyWritesItsListADayLater() {
    take(5_000, move(0, Kind.HEARD, Health.UNHEALTHY));
    assertThat(facts).isEmpty();
    assertThat(endpoints.deadline(state)).isEqualTo(5_000 + EndpointsRules.DEFAULT.rewrite());
  }

  @Test
  void oneThatIsTooManyIsToldAndNotListed() {
    int max = EndpointsRules.DEFAULT.instancesMax();
    started(max);
    take(1_000, max, Kind.HEARD);
    assertThat(facts)
        .last()
        .isEqualTo(new Crowded(version, new Moment(1_000, 1_000), "billing", "s-1000", max));
    take(2_000, max, Kind.SILENT);
    take(3_000, max, Kind.EXPIRED);
    assertThat(listed()).hasSize(max);

    take(4_000, 0, Kind.LEFT);
    take(5_000, max, Kind.HEARD);
    assertThat(listed()).hasSize(max).contains("s-1000").doesNotContain("s-000");
  }

  /** Nothing would ever end it. */
  @Test
  void nothingIsKeptOfANameThatOneLeftWhoWasNotThere() {
    take(1_000, 0, Kind.LEFT);
    assertThat(facts).isEmpty();
    assertThat(endpoints.ended(state)).isTrue();
  }

  @Test
  void whoComesBackWasNeverAway() {
    started(100);
    for (int i = 0; i < 40; i++) {
      take(1_000, i, Kind.SILENT);
    }
    int told = facts.size();
    for (int i = 15; i < 40; i++) {
      take(2_000, i, Kind.HEARD);
    }
    assertThat(facts).hasSize(told);
    passes(1_000 + WINDOW);
    assertThat(facts).hasSize(told);
    assertThat(listed()).hasSize(85);
  }

  @Test
  void whoIsGivenUpWhileItIsHeldGoesWhenItMay() {
    started(20);
    for (int i = 0; i < 8; i++) {
      take(1_000, i, Kind.SILENT);
    }
    assertThat(listed()).hasSize(17);
    for (int i = 0; i < 8; i++) {
      take(30_000, i, Kind.EXPIRED);
    }
    assertThat(listed()).hasSize(17);
    assertThat(state.instances()).hasSize(17);

    passes(1_000 + WINDOW);
    assertThat(listed()).hasSize(15);
    passes(1_000 + 4 * WINDOW);
    assertThat(listed()).hasSize(12);
    assertThat(state.instances()).hasSize(12);
  }
}
