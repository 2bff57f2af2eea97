// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import static io.twinlog.domain.service.TestingService.INFO;
import static io.twinlog.domain.service.TestingService.LOG_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Reason;
import io.twinlog.domain.service.ServiceEvent.HealthChanged;
import io.twinlog.domain.service.ServiceEvent.ServiceCameBack;
import io.twinlog.domain.service.ServiceEvent.ServiceExpired;
import io.twinlog.domain.service.ServiceEvent.ServiceFellSilent;
import io.twinlog.domain.service.ServiceEvent.ServiceForgotten;
import io.twinlog.domain.service.ServiceEvent.ServiceRegistered;
import io.twinlog.domain.service.ServiceEvent.ServiceStopped;
import io.twinlog.domain.service.ServiceEvent.ServiceUpdated;
import io.twinlog.domain.service.ServiceMove.Kind;
import io.twinlog.domain.service.ServiceReport.Aside;
import io.twinlog.domain.service.ServiceReport.Checked;
import io.twinlog.domain.service.ServiceReport.Started;
import io.twinlog.domain.service.ServiceReport.Stopped;
import io.twinlog.domain.service.ServiceState.Presence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceTest {
  private static final long RETENTION = ServiceRules.DEFAULT.retention();
  private static final Checked HEALTHY = new Checked(Health.HEALTHY);
  private static final Checked DEGRADED = new Checked(Health.DEGRADED);

  private final TestingService service = new TestingService();

  @Test
  void isRegisteredWhenItStarts() {
    assertThat(service.hears(1_000, new Started(INFO)))
        .containsExactly(new ServiceRegistered(INFO));
    assertThat(service.state)
        .isEqualTo(
            new ServiceState(
                "s-1",
                1,
                Presence.PRESENT,
                INFO,
                Health.HEALTHY,
                LOG_TIME + 1_000,
                LOG_TIME + 1_000));
  }

  @Test
  void isUnknownBeforeItStarts() {
    for (ServiceReport.Content content : new ServiceReport.Content[] {HEALTHY, new Stopped()}) {
      assertThat(service.decides(1_000, content))
          .isEqualTo(
              new Decision.Refused<>(
                  List.of(
                      new Reason(
                          "unknown_service",
                          "data.payload.service_id",
                          "s-1 has not started: service.started registers it"))));
    }
    assertThat(service.hears(1_000, new Aside())).isEmpty();
    assertThat(service.waits()).isFalse();
    assertThat(service.state.version()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Health.class)
  void hasTheHealthThatItLastSaid(Health said) {
    service.hears(0, new Started(INFO));
    service.hears(1_000, DEGRADED);
    service.hears(2_000, new Checked(said));

    assertThat(service.state.health()).isEqualTo(said);
    assertThat(service.state.version()).isEqualTo(said == Health.DEGRADED ? 2 : 3);
    assertThat(service.state.since())
        .isEqualTo(LOG_TIME + (said == Health.DEGRADED ? 1_000 : 2_000));
  }

  @Test
  void livesOnASignOfLifeInThreeIntervals() {
    service.hears(0, new Started(INFO));
    for (int i = 1; i <= 20; i++) {
      assertThat(service.hears(i * 15_000L, i % 2 == 0 ? HEALTHY : new Aside())).isEmpty();
    }
    assertThat(service.state.version()).isEqualTo(1);
  }

  @Test
  void fallsSilentAfterThreeIntervalsAndExpiresAfterTen() {
    service.hears(1_000, new Started(INFO));
    service.passes(16_000);
    assertThat(service.state.presence()).isEqualTo(Presence.PRESENT);

    service.passes(16_001);
    assertThat(service.events()).last().isEqualTo(new ServiceFellSilent(1_000));
    assertThat(service.log.get(1).at().clock()).isEqualTo(16_000);
    assertThat(service.log.get(1).cause()).isEqualTo(Cause.TIMEOUT);
    assertThat(service.state.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(service.state.since()).isEqualTo(LOG_TIME + 16_000);

    service.passes(51_001);
    assertThat(service.events()).last().isEqualTo(new ServiceExpired());
    assertThat(service.log.get(2).at().clock()).isEqualTo(51_000);
    assertThat(service.state.presence().isKnown()).isFalse();
    assertThat(service.ended()).isFalse();

    service.passes(51_000 + RETENTION + 1);
    assertThat(service.events()).last().isEqualTo(new ServiceForgotten());
    assertThat(service.ended()).isTrue();
    assertThat(service.waits()).isFalse();
    assertThat(service.moves)
        .extracting(ServiceMove::kind)
        .containsExactly(Kind.HEARD, Kind.SILENT, Kind.EXPIRED);
  }

  /** A network was dead for longer than ten intervals: they have lived all the while. */
  @Test
  void comesBackAfterItWasGivenUp() {
    service.hears(1_000, new Started(INFO));
    assertThat(service.hears(1_000 + RETENTION, HEALTHY)).containsExactly(new ServiceCameBack());
    assertThat(service.events()).contains(new ServiceExpired());
    assertThat(service.state.health()).isEqualTo(Health.HEALTHY);
    assertThat(service.state.registeredAt()).isEqualTo(LOG_TIME + 1_000);
    assertThat(service.moves).last().extracting(ServiceMove::kind).isEqualTo(Kind.HEARD);
  }

  @Test
  void stopsAfterItWasGivenUp() {
    service.hears(0, new Started(INFO));
    assertThat(service.hears(60_000, new Stopped())).containsExactly(new ServiceStopped());
    assertThat(service.moves).last().extracting(ServiceMove::kind).isEqualTo(Kind.LEFT);
  }

  @Test
  void comesBackWithWhateverItSays() {
    service.hears(0, new Started(INFO));
    assertThat(service.hears(20_000, DEGRADED))
        .containsExactly(new HealthChanged(Health.HEALTHY, Health.DEGRADED), new ServiceCameBack());
    assertThat(service.hears(40_000, new Aside())).containsExactly(new ServiceCameBack());
    assertThat(service.state.health()).isEqualTo(Health.DEGRADED);
    assertThat(service.hears(60_000, new Started(INFO)))
        .containsExactly(new HealthChanged(Health.DEGRADED, Health.HEALTHY), new ServiceCameBack());
    assertThat(service.state.registeredAt()).isEqualTo(LOG_TIME);
  }

  @Test
  void startsAgainAsSomethingElse() {
    ServiceInfo other = new ServiceInfo("invoices", INFO.endpoint(), "2.0", 0);
    service.hears(0, new Started(INFO));
    assertThat(service.hears(1, new Started(INFO))).isEmpty();
    assertThat(service.hears(2, new Started(other))).containsExactly(new ServiceUpdated(other));

    assertThat(service.state.info()).isEqualTo(other);
    assertThat(service.moves)
        .extracting(ServiceMove::name, ServiceMove::kind, ServiceMove::version)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("billing", Kind.HEARD, 1L),
            org.assertj.core.api.Assertions.tuple("billing", Kind.LEFT, 2L),
            org.assertj.core.api.Assertions.tuple("invoices", Kind.HEARD, 2L));
    // It promised none: the rules have one.
    service.passes(30_002);
    assertThat(service.state.presence()).isEqualTo(Presence.PRESENT);
    service.passes(30_003);
    assertThat(service.state.presence()).isEqualTo(Presence.SILENT);
  }

  @Test
  void doesNotFallSilentBeforeItSaidThatItsIntervalIsShorter() {
    service.hears(0, new Started(new ServiceInfo("billing", "e", "", 60_000)));
    service.hears(100_000, new Started(new ServiceInfo("billing", "e", "", 1)));
    assertThat(service.vitals.interval()).isEqualTo(ServiceRules.INTERVAL_MIN);
    service.passes(103_000);
    assertThat(service.state.presence()).isEqualTo(Presence.PRESENT);
    service.passes(103_001);
    assertThat(service.state.presence()).isEqualTo(Presence.SILENT);
  }

  @Test
  void isGoneWhenItStops() {
    service.hears(0, new Started(INFO));
    assertThat(service.hears(1_000, new Stopped())).containsExactly(new ServiceStopped());
    assertThat(service.moves).last().extracting(ServiceMove::kind).isEqualTo(Kind.LEFT);
    assertThat(service.decides(2_000, HEALTHY))
        .isEqualTo(
            new Decision.Refused<>(
                List.of(
                    new Reason(
                        "unknown_service",
                        "data.payload.service_id",
                        "s-1 has stopped: service.started registers it"))));

    service.hears(3_000, new Aside());
    service.passes(1_000 + RETENTION);
    assertThat(service.ended()).isFalse();
    service.passes(1_000 + RETENTION + 1);
    assertThat(service.events()).last().isEqualTo(new ServiceForgotten());
    assertThat(service.ended()).isTrue();
    assertThat(service.moves).hasSize(2);
  }

  /** Nobody is listed under a name, or an endpoint, that it had before. */
  @Test
  void isListedAsWhatItIsWhenItStartsAgainAsSomethingElseAfterItWasGivenUp() {
    ServiceInfo other = new ServiceInfo("invoices", "http://10.0.0.9:80", "2.0", 0);
    service.hears(0, new Started(INFO));
    assertThat(service.hears(100_000, new Started(other)))
        .containsExactly(new ServiceUpdated(other), new ServiceCameBack());
    assertThat(service.moves)
        .filteredOn(move -> move.kind() == Kind.HEARD)
        .extracting(ServiceMove::name, ServiceMove::endpoint)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("billing", INFO.endpoint()),
            org.assertj.core.api.Assertions.tuple("invoices", other.endpoint()));
    assertThat(service.moves)
        .filteredOn(move -> move.name().equals("billing"))
        .last()
        .extracting(ServiceMove::kind)
        .isEqualTo(Kind.LEFT);
  }

  /** Ids of events are made of versions: two lives of an instance must not share them. */
  @Test
  void goesOnFromItsVersionWhenItStartsAgain() {
    service.hears(0, new Started(INFO));
    service.hears(1_000, new Stopped());
    assertThat(service.hears(2_000, new Started(INFO)))
        .containsExactly(new ServiceRegistered(INFO));
    assertThat(service.state.version()).isEqualTo(3);
    assertThat(service.state.registeredAt()).isEqualTo(LOG_TIME + 2_000);
    assertThat(service.state.since()).isEqualTo(LOG_TIME + 2_000);
  }

  @Test
  void tellsWhenItWasLastSeenOnceAMinuteAtMost() {
    service.hears(0, new Started(INFO));
    service.projected(0);
    service.hears(10_000, HEALTHY);
    assertThat(service.isProjectionDue(59_999)).isFalse();
    assertThat(service.isProjectionDue(60_000)).isTrue();
    service.projected(60_000);
    assertThat(service.isProjectionDue(200_000)).isFalse();
  }
}
