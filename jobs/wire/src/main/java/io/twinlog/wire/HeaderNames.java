// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

/** Names of the Kafka headers that Twinlog writes. Formats: docs/reference/topics.md. */
public final class HeaderNames {
  /** What all of them begin with, but those that others have named. */
  public static final String OURS = "tl-";

  /** Event type, command name, record name, or {@link #TICK}. */
  public static final String TYPE = "tl-type";

  /** {@link Origin} as text. */
  public static final String ORIGIN = "tl-origin";

  /** {@link LogClock} as text. */
  public static final String CLOCK = "tl-clock";

  /** Version of the rules in force, decimal. */
  public static final String RULES = "tl-rules";

  /**
   * Version of the aggregate that wrote the record, decimal: on records of second stages, whose
   * origins are in no order.
   */
  public static final String VERSION = "tl-version";

  /**
   * Flags of an event, comma-separated; {@code clock_skew}: its timestamp ran ahead of log time.
   */
  public static final String FLAGS = "tl-flags";

  /**
   * The command in a record that carries something else as its value: a redrive, on commands and
   * nowhere else.
   */
  public static final String COMMAND = "tl-command";

  /** {@link Attempt} as text: on what the router lets through again. */
  public static final String REDRIVE = "tl-redrive";

  /**
   * On an event of an inbox whose handler failed at the router: its name, and how. Its key waits,
   * and the handler is tried again where the inbox is read.
   */
  public static final String FAILED = "tl-failed";

  /** W3C trace context, copied verbatim. */
  public static final String TRACEPARENT = "traceparent";

  /** Standard content type of a value: tells JSON from Avro on ingress. */
  public static final String CONTENT_TYPE = "content-type";

  /** Value of {@link #TYPE} on ticks. It has no dot, so no event type can equal it. */
  public static final String TICK = "tick";

  private HeaderNames() {}
}
