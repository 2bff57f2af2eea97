// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

/**
 * An event that came in about an instance.
 *
 * @param occurredAt event time, epoch milliseconds, clamped to log time
 */
public record ServiceReport(long occurredAt, Content content) {

  /** What it says. */
  public sealed interface Content {}

  public record Started(ServiceInfo info) implements Content {}

  public record Stopped() implements Content {}

  public record Checked(Health health) implements Content {}

  /** Another event of it, which changes nothing but proves that it lives. */
  public record Aside() implements Content {}
}
