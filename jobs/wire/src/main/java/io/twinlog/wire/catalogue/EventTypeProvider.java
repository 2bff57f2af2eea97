// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.catalogue;

import java.util.List;

/**
 * The event types that a jar of a user's own brings, with the schemas of their payloads; the jar
 * names its provider in {@code META-INF/services}. It belongs on the class path of every process
 * that reads events: the router, the jobs behind it, and the command line that checks before it
 * sends. How to write one: docs/extensions.md.
 */
public interface EventTypeProvider {
  /** Asked once, when a process starts. */
  List<EventType> eventTypes();
}
