// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import io.twinlog.domain.Recorded;
import io.twinlog.domain.service.ServiceState.Presence;
import java.util.ArrayList;
import java.util.List;

/**
 * One event of an instance as its name sees it.
 *
 * @param name of the service: whom it concerns
 * @param version of the instance, after the event
 * @param reported what it last said
 */
public record ServiceMove(
    String name,
    String serviceId,
    long version,
    Kind kind,
    String endpoint,
    String serviceVersion,
    Health reported) {

  /** What the move means to its name. */
  public enum Kind {
    /** It is there, new or as it is now. */
    HEARD,
    /** It is not heard any more. */
    SILENT,
    /** It has said that it goes, or goes by another name. */
    LEFT,
    /** It was not heard for so long that it is given up. */
    EXPIRED
  }

  /** The moves that an event made: two where it changes the name, none where it is forgotten. */
  public static List<ServiceMove> between(
      ServiceState before, Recorded<ServiceEvent> recorded, ServiceState after) {
    List<ServiceMove> moves = new ArrayList<>(2);
    if (after.presence() == Presence.FORGOTTEN) {
      return moves;
    }
    boolean renamed =
        before.presence().isNamed() && !before.info().name().equals(after.info().name());
    if (renamed) {
      moves.add(of(before, recorded.version(), Kind.LEFT));
    }
    moves.add(of(after, recorded.version(), kind(after)));
    return moves;
  }

  private static Kind kind(ServiceState after) {
    return switch (after.presence()) {
      case PRESENT -> Kind.HEARD;
      case SILENT -> Kind.SILENT;
      case EXPIRED -> Kind.EXPIRED;
      case STOPPED -> Kind.LEFT;
      case UNKNOWN, FORGOTTEN ->
          throw new IllegalStateException(after.serviceId() + " is " + after.presence());
    };
  }

  private static ServiceMove of(ServiceState state, long version, Kind kind) {
    ServiceInfo info = state.info();
    return new ServiceMove(
        info.name(),
        state.serviceId(),
        version,
        kind,
        info.endpoint(),
        info.version(),
        state.reported());
  }
}
