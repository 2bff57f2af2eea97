// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

/**
 * What every input of a device touches: soft marks, and a mirror of what the hot path must know of
 * the state. None of it is in an event, so none of it is in a fold.
 *
 * @param lifecycle mirror
 * @param status mirror
 * @param connection mirror
 * @param flapping mirror
 * @param timeout silence after which it is offline, ms
 * @param aliveClock clock of the last sign of life, or of the registration
 * @param lastSeen log time of the last sign of life; 0: none
 * @param lastData log time of the last telemetry; 0: none
 * @param decommissionedClock mirror; 0: it is not
 */
public record DeviceVitals(
    Lifecycle lifecycle,
    Status status,
    Connection connection,
    boolean flapping,
    long timeout,
    long aliveClock,
    long lastSeen,
    long lastData,
    long decommissionedClock,
    SequenceWatch sequence,
    FlapHistory flaps,
    Published published) {

  /**
   * Watches the sequence of the current session for gaps.
   *
   * @param last highest sequence seen; {@link DeviceCommand#NO_SEQUENCE}: none
   * @param loggedClock clock of the last gap that was logged
   * @param held gaps since then that were not
   */
  public record SequenceWatch(String sessionId, long last, long loggedClock, int held) {
    public static final SequenceWatch NONE =
        new SequenceWatch("", DeviceCommand.NO_SEQUENCE, Long.MIN_VALUE / 2, 0);

    boolean gap(String session, long sequence) {
      return last >= 0 && session.equals(sessionId) && sequence - 1 > last;
    }

    SequenceWatch seen(String session, long sequence) {
      if (sequence < 0) {
        return this;
      }
      return session.equals(sessionId)
          ? new SequenceWatch(sessionId, Math.max(last, sequence), loggedClock, held)
          : new SequenceWatch(session, sequence, loggedClock, held);
    }

    SequenceWatch logged(long clock) {
      return new SequenceWatch(sessionId, last, clock, 0);
    }

    SequenceWatch heldBack() {
      return new SequenceWatch(sessionId, last, loggedClock, held + 1);
    }
  }

  /**
   * What was last written of the device.
   *
   * @param clock of the last projection
   * @param lastSeen as the last projection said it
   * @param snapshotVersion version of the last snapshot
   * @param snapshotClock clock of the last snapshot
   */
  public record Published(long clock, long lastSeen, long snapshotVersion, long snapshotClock) {
    public static final Published NOTHING = new Published(0, 0, 0, 0);
  }

  /** Before the first input. */
  public static final DeviceVitals NONE =
      new DeviceVitals(
          Lifecycle.UNKNOWN,
          Status.REGISTERED,
          Connection.NEVER,
          false,
          0,
          0,
          0,
          0,
          0,
          SequenceWatch.NONE,
          FlapHistory.CALM,
          Published.NOTHING);

  /**
   * The device has spoken. The clocks of two source partitions differ: what came later never counts
   * as earlier.
   */
  DeviceVitals alive(long clock, long logTime, boolean data, SequenceWatch sequence) {
    long seen = Math.max(lastSeen, logTime);
    return new DeviceVitals(
        lifecycle,
        status,
        connection,
        flapping,
        timeout,
        Math.max(aliveClock, clock),
        seen,
        data ? seen : lastData,
        decommissionedClock,
        sequence,
        flaps,
        published);
  }

  /** The silence of a device that never spoke counts from its registration. */
  DeviceVitals registeredAt(long clock) {
    return new DeviceVitals(
        lifecycle,
        status,
        connection,
        flapping,
        timeout,
        clock,
        lastSeen,
        lastData,
        decommissionedClock,
        sequence,
        flaps,
        published);
  }

  DeviceVitals mirroring(DeviceState state, long timeout, long aliveClock, FlapHistory flaps) {
    return new DeviceVitals(
        state.lifecycle(),
        state.status(),
        state.link().connection(),
        state.flapping(),
        timeout,
        aliveClock,
        lastSeen,
        lastData,
        state.decommissionedClock(),
        sequence,
        flaps,
        published);
  }

  DeviceVitals with(SequenceWatch sequence) {
    return new DeviceVitals(
        lifecycle,
        status,
        connection,
        flapping,
        timeout,
        aliveClock,
        lastSeen,
        lastData,
        decommissionedClock,
        sequence,
        flaps,
        published);
  }

  DeviceVitals with(Published published) {
    return new DeviceVitals(
        lifecycle,
        status,
        connection,
        flapping,
        timeout,
        aliveClock,
        lastSeen,
        lastData,
        decommissionedClock,
        sequence,
        flaps,
        published);
  }
}
