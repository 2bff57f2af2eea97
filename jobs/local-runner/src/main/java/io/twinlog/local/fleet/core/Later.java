// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.util.PriorityQueue;

/** What a fleet has yet to do, each when so many messages have been sent. */
final class Later {
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long serial;

  /** What is to be done. */
  enum Kind {
    /** Send the message as it is. */
    SEND,
    /** The broker tells of the end of a session. */
    LAST_WILL,
    /** The device says that its fault is gone. */
    RECOVER,
    /** The device is to speak again when it has its turn. */
    WAKE
  }

  /**
   * One thing to do.
   *
   * @param detail number of the session that has ended, or of the fault
   * @param message only where it is to be sent
   */
  record Task(long due, long serial, Kind kind, int device, int detail, FleetMessage message)
      implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return due == other.due ? Long.compare(serial, other.serial) : Long.compare(due, other.due);
    }
  }

  void send(long due, FleetMessage message) {
    tasks.add(new Task(due, serial++, Kind.SEND, message.device(), 0, message));
  }

  void add(long due, Kind kind, int device, int detail) {
    tasks.add(new Task(due, serial++, kind, device, detail, null));
  }

  /** Whether there is something to do by now. */
  boolean isDue(long now) {
    Task first = tasks.peek();
    return first != null && first.due <= now;
  }

  Task next() {
    return tasks.remove();
  }
}
