// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Values;
import java.util.List;
import java.util.Optional;

/**
 * A device as its events tell it. Made by {@link DeviceFold} alone; times are log time in epoch
 * milliseconds, 0 where there is none.
 *
 * @param since when {@link #status} began
 * @param cause what made it so
 * @param faults in the order of their opening
 * @param announcedStatus the last status whose notice was not held back by flapping
 */
public record DeviceState(
    String deviceId,
    long version,
    Lifecycle lifecycle,
    Link link,
    long since,
    Cause cause,
    Registration registration,
    Values attributes,
    Configuration configuration,
    List<Fault> faults,
    boolean flapping,
    Status announcedStatus,
    long decommissionedClock) {

  /**
   * The connection.
   *
   * @param sessionId empty: none was said
   * @param statusSetAt event time of the report that set the connection
   */
  public record Link(
      Connection connection,
      String sessionId,
      long statusSetAt,
      long lastOnline,
      long lastOffline) {
    public static final Link NONE = new Link(Connection.NEVER, "", Long.MIN_VALUE, 0, 0);
  }

  /** What the device is to be configured as, and what it says that it is. */
  public record Configuration(long version, Values desired, Values reported) {
    public static final Configuration NONE = new Configuration(0, Values.NONE, Values.NONE);

    /** What is desired and not reported so. */
    public Values delta() {
      return desired.notIn(reported);
    }
  }

  public DeviceState {
    faults = List.copyOf(faults);
  }

  /** Before the first event. */
  public static DeviceState unknown(String deviceId) {
    return new DeviceState(
        deviceId,
        0,
        Lifecycle.UNKNOWN,
        Link.NONE,
        0,
        Cause.ANNOUNCED,
        Registration.NONE,
        Values.NONE,
        Configuration.NONE,
        List.of(),
        false,
        Status.REGISTERED,
        0);
  }

  public Status status() {
    if (lifecycle == Lifecycle.DECOMMISSIONED || lifecycle == Lifecycle.FORGOTTEN) {
      return Status.DECOMMISSIONED;
    }
    return switch (link.connection()) {
      case OFFLINE -> Status.OFFLINE;
      case ONLINE -> faults.isEmpty() ? Status.ONLINE : Status.FAULTED;
      case NEVER -> faults.isEmpty() ? Status.REGISTERED : Status.FAULTED;
    };
  }

  public Optional<Fault> fault(String code) {
    return faults.stream().filter(fault -> fault.code().equals(code)).findFirst();
  }

  /** The place where {@link DeviceFold} makes the next state out of this one. */
  static final class Draft {
    final DeviceState before;
    Lifecycle lifecycle;
    Link link;
    Registration registration;
    Values attributes;
    Configuration configuration;
    List<Fault> faults;
    boolean flapping;
    long decommissionedClock;

    Draft(DeviceState before) {
      this.before = before;
      lifecycle = before.lifecycle;
      link = before.link;
      registration = before.registration;
      attributes = before.attributes;
      configuration = before.configuration;
      faults = before.faults;
      flapping = before.flapping;
      decommissionedClock = before.decommissionedClock;
    }

    /** The next state, at the version of {@code event}. */
    DeviceState after(Recorded<DeviceEvent> event) {
      DeviceState next = at(event.version(), before.since, before.cause, before.announcedStatus);
      boolean moved = next.status() != before.status() || before.version == 0;
      long since = moved ? event.at().logTime() : before.since;
      Cause cause = moved ? event.cause() : before.cause;
      Status announced = flapping ? before.announcedStatus : next.status();
      return at(event.version(), since, cause, announced);
    }

    private DeviceState at(long version, long since, Cause cause, Status announcedStatus) {
      return new DeviceState(
          before.deviceId,
          version,
          lifecycle,
          link,
          since,
          cause,
          registration,
          attributes,
          configuration,
          faults,
          flapping,
          announcedStatus,
          decommissionedClock);
    }
  }
}
