// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.service.ServiceEvent.HealthChanged;
import io.twinlog.domain.service.ServiceEvent.ServiceCameBack;
import io.twinlog.domain.service.ServiceEvent.ServiceExpired;
import io.twinlog.domain.service.ServiceEvent.ServiceFellSilent;
import io.twinlog.domain.service.ServiceEvent.ServiceForgotten;
import io.twinlog.domain.service.ServiceEvent.ServiceRegistered;
import io.twinlog.domain.service.ServiceEvent.ServiceStopped;
import io.twinlog.domain.service.ServiceEvent.ServiceUpdated;
import io.twinlog.domain.service.ServiceReport.Aside;
import io.twinlog.domain.service.ServiceReport.Checked;
import io.twinlog.domain.service.ServiceReport.Content;
import io.twinlog.domain.service.ServiceReport.Started;
import io.twinlog.domain.service.ServiceReport.Stopped;
import io.twinlog.domain.service.ServiceState.Presence;
import java.util.ArrayList;
import java.util.List;

/**
 * The aggregate of one instance of a service: it starts, says how it is, falls silent, comes back,
 * stops or is given up. Which instances of a name may take load is for {@link Endpoints}.
 */
public final class Service
    implements Aggregate<ServiceState, ServiceVitals, ServiceReport, ServiceEvent> {
  private final ServiceRules rules;

  public Service(ServiceRules rules) {
    this.rules = rules;
  }

  @Override
  public ServiceState initial(String id) {
    return ServiceState.unknown(id);
  }

  @Override
  public ServiceVitals initialVitals() {
    return ServiceVitals.NONE;
  }

  @Override
  public long version(ServiceState state) {
    return state.version();
  }

  @Override
  public boolean touchesOnlyVitals(ServiceVitals vitals, ServiceReport report, Moment now) {
    if (report.content() instanceof Aside) {
      return vitals.presence() != Presence.SILENT && vitals.presence() != Presence.EXPIRED;
    }
    return vitals.presence() == Presence.PRESENT
        && report.content() instanceof Checked checked
        && checked.health() == vitals.reported();
  }

  @Override
  public Decision<ServiceEvent> decide(
      ServiceState state, ServiceVitals vitals, ServiceReport report, Moment now) {
    Content content = report.content();
    boolean known = state.presence() != Presence.UNKNOWN && state.presence() != Presence.STOPPED;
    if (content instanceof Started started) {
      return Decision.accepted(
          known ? startedAgain(state, started.info()) : registered(started.info()));
    }
    if (!known && content instanceof Aside) {
      return Decision.accepted(List.of());
    }
    if (!known) {
      return Decision.refused(
          "unknown_service",
          "data.payload.service_id",
          state.serviceId()
              + (state.presence() == Presence.STOPPED ? " has stopped" : " has not started")
              + ": service.started registers it");
    }
    if (content instanceof Stopped) {
      return Decision.accepted(List.of(new ServiceStopped()));
    }
    List<ServiceEvent> events = new ArrayList<>(2);
    if (content instanceof Checked checked) {
      changed(state.reported(), checked.health(), events);
    }
    heard(state, events);
    return Decision.accepted(events);
  }

  private static List<ServiceEvent> registered(ServiceInfo info) {
    return List.of(new ServiceRegistered(info));
  }

  /** A process that starts is healthy until it says otherwise. */
  private static List<ServiceEvent> startedAgain(ServiceState state, ServiceInfo info) {
    List<ServiceEvent> events = new ArrayList<>(3);
    if (!info.equals(state.info())) {
      events.add(new ServiceUpdated(info));
    }
    changed(state.reported(), Health.HEALTHY, events);
    heard(state, events);
    return events;
  }

  /** Last: it is listed as what it is now, not as what it was. */
  private static void heard(ServiceState state, List<ServiceEvent> events) {
    if (state.presence() == Presence.SILENT || state.presence() == Presence.EXPIRED) {
      events.add(new ServiceCameBack());
    }
  }

  private static void changed(Health from, Health to, List<ServiceEvent> events) {
    if (from != to) {
      events.add(new HealthChanged(from, to));
    }
  }

  @Override
  public boolean isSignOfLife(ServiceReport report) {
    return !(report.content() instanceof Stopped);
  }

  @Override
  public Circumstance circumstance(ServiceReport report, ServiceEvent event, Moment now) {
    return new Circumstance(report.occurredAt(), Cause.ANNOUNCED);
  }

  @Override
  public ServiceState evolve(ServiceState state, Recorded<ServiceEvent> recorded) {
    ServiceEvent event = recorded.event();
    Presence presence = state.presence();
    ServiceInfo info = state.info();
    Health reported = state.reported();
    long registeredAt = state.registeredAt();
    if (event instanceof ServiceRegistered registered) {
      registeredAt = recorded.occurredAt();
      presence = Presence.PRESENT;
      info = registered.info();
      reported = Health.HEALTHY;
    } else if (event instanceof ServiceUpdated updated) {
      info = updated.info();
    } else if (event instanceof HealthChanged changed) {
      reported = changed.to();
    } else if (event instanceof ServiceFellSilent) {
      presence = Presence.SILENT;
    } else if (event instanceof ServiceCameBack) {
      presence = Presence.PRESENT;
    } else if (event instanceof ServiceExpired) {
      presence = Presence.EXPIRED;
    } else if (event instanceof ServiceStopped) {
      presence = Presence.STOPPED;
    } else if (event instanceof ServiceForgotten) {
      presence = Presence.FORGOTTEN;
    } else {
      throw new IllegalStateException("no rule for " + event);
    }
    ServiceState after =
        new ServiceState(
            state.serviceId(),
            recorded.version(),
            presence,
            info,
            reported,
            registeredAt,
            state.since());
    boolean same = state.version() > 0 && after.health() == state.health();
    return same ? after : after.since(recorded.occurredAt());
  }

  @Override
  public ServiceVitals observe(
      ServiceVitals vitals, ServiceReport report, List<ServiceEvent> events, Moment now) {
    boolean there = vitals.presence() != Presence.UNKNOWN && vitals.presence() != Presence.STOPPED;
    return there || !events.isEmpty() ? vitals.seen(now.clock(), now.logTime()) : vitals;
  }

  @Override
  public ServiceVitals mirror(ServiceVitals vitals, ServiceState state, Moment now) {
    long interval = rules.intervalOf(state.info());
    ServiceVitals mirrored = vitals.of(state, interval);
    // An interval that became shorter ends now at the earliest, not before what made it so.
    return interval < vitals.interval() ? mirrored.seen(now.clock(), now.logTime()) : mirrored;
  }

  @Override
  public long deadline(ServiceVitals vitals) {
    return switch (vitals.presence()) {
      case PRESENT -> vitals.lastSeen() + rules.silentIntervals() * vitals.interval();
      case SILENT -> expires(vitals);
      case EXPIRED -> expires(vitals) + rules.retention();
      case STOPPED -> vitals.lastSeen() + rules.retention();
      case UNKNOWN, FORGOTTEN -> NEVER;
    };
  }

  private long expires(ServiceVitals vitals) {
    return vitals.lastSeen() + rules.expiredIntervals() * vitals.interval();
  }

  @Override
  public List<ServiceEvent> atDeadline(ServiceState state, ServiceVitals vitals, Moment now) {
    return List.of(
        switch (vitals.presence()) {
          case PRESENT -> new ServiceFellSilent(vitals.lastSeen());
          case SILENT -> new ServiceExpired();
          case EXPIRED, STOPPED -> new ServiceForgotten();
          case UNKNOWN, FORGOTTEN ->
              throw new IllegalStateException("nothing is due of " + state.serviceId());
        });
  }

  @Override
  public boolean projectionDue(ServiceVitals vitals, Moment now) {
    return vitals.presence() == Presence.PRESENT
        && vitals.lastSeen() > vitals.published()
        && now.clock() - vitals.published() >= rules.rewrite();
  }

  @Override
  public ServiceVitals projected(ServiceVitals vitals, Moment now) {
    return vitals.publishedAt(now.clock());
  }

  @Override
  public boolean ended(ServiceState state) {
    return state.presence() == Presence.FORGOTTEN;
  }
}
