// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

/**
 * The flow that an input belongs to; every output copies it.
 *
 * @param correlationId root of the flow; empty: none
 * @param causationId id of the input, the direct parent of what it yields; empty: none
 * @param traceparent W3C trace context; null: none
 */
public record Trace(String correlationId, String causationId, String traceparent) {
  /** Of what time alone causes. */
  public static final Trace NONE = new Trace("", "", null);
}
