// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.availability;

/**
 * What can be set about availability.
 *
 * @param daysMax days that are kept, the present one included
 * @param rewrite every projection is written again at least this often, ms of the clock
 */
public record AvailabilityRules(int daysMax, long rewrite) implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  /** As a new installation has it: a week, and today. */
  public static final AvailabilityRules DEFAULT = new AvailabilityRules(8, 24L * 60 * 60 * 1000);
}
