// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import java.util.ArrayList;
import java.util.List;

/** Calls the rules of one instance in the order in which a job's operator calls them. */
final class TestingService {
  static final String ID = "s-1";
  static final long LOG_TIME = 1_767_225_600_000L;
  static final ServiceInfo INFO = new ServiceInfo("billing", "http://10.0.0.1:80", "1.2", 5_000);

  private final Service service = new Service(ServiceRules.DEFAULT);
  private long clock;

  ServiceState state = service.initial(ID);
  ServiceVitals vitals = service.initialVitals();
  final List<Recorded<ServiceEvent>> log = new ArrayList<>();
  final List<ServiceMove> moves = new ArrayList<>();

  static Moment at(long clock) {
    return new Moment(clock, LOG_TIME + clock);
  }

  /** An event at a clock: first the deadlines before it. What follows from it. */
  List<ServiceEvent> hears(long now, ServiceReport.Content content) {
    return ((Decision.Accepted<ServiceEvent>) decides(now, content)).events();
  }

  Decision<ServiceEvent> decides(long now, ServiceReport.Content content) {
    passes(now);
    ServiceReport report = new ServiceReport(LOG_TIME + now, content);
    if (service.touchesOnlyVitals(vitals, report, at(now))) {
      vitals = service.observe(vitals, report, List.of(), at(now));
      return Decision.accepted(List.of());
    }
    Decision<ServiceEvent> decision = service.decide(state, vitals, report, at(now));
    if (decision instanceof Decision.Accepted<ServiceEvent> accepted) {
      accepted
          .events()
          .forEach(event -> record(event, service.circumstance(report, event, at(now)), now));
      vitals = service.observe(vitals, report, accepted.events(), at(now));
    }
    return decision;
  }

  /** Nothing comes until this clock. */
  void passes(long until) {
    while (service.deadline(vitals) < until && !service.ended(state)) {
      long deadline = service.deadline(vitals);
      Circumstance silence = new Circumstance(LOG_TIME + deadline, Cause.TIMEOUT);
      service
          .atDeadline(state, vitals, at(deadline))
          .forEach(event -> record(event, silence, deadline));
      assertThat(service.deadline(vitals)).isGreaterThan(deadline);
    }
    clock = Math.max(clock, until);
  }

  private void record(ServiceEvent event, Circumstance why, long now) {
    Recorded<ServiceEvent> recorded =
        new Recorded<>(state.version() + 1, at(now), why.occurredAt(), why.cause(), event);
    ServiceState before = state;
    state = service.evolve(state, recorded);
    vitals = service.mirror(vitals, state, at(now));
    log.add(recorded);
    moves.addAll(ServiceMove.between(before, recorded, state));
  }

  List<ServiceEvent> events() {
    return log.stream().map(Recorded::event).toList();
  }

  boolean waits() {
    return service.deadline(vitals) != Aggregate.NEVER;
  }

  boolean ended() {
    return service.ended(state);
  }

  boolean isProjectionDue(long now) {
    return service.projectionDue(vitals, at(now));
  }

  void projected(long now) {
    vitals = service.projected(vitals, at(now));
  }
}
