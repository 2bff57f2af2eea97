// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.fleet;

/**
 * What can be set about the fleet as a whole.
 *
 * @param silencePercent share of the devices in service that fall silent within one minute of the
 *     clock, above which the silence is one of the mass
 * @param silentDevicesMin fewer devices than this are never a mass
 * @param rewrite all counts are written again at least this often, ms of the clock
 */
public record FleetRules(int silencePercent, int silentDevicesMin, long rewrite)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  /** Ids that a mass silence lists. */
  public static final int IDS_MAX = 1_000;

  /** Models with a count of their own; devices of any other are counted together. */
  public static final int MODELS_MAX = 1_000;

  /** Under which devices are counted whose model came after {@link #MODELS_MAX} others. */
  public static final String OTHER_MODELS = "*";

  /** As a new installation has it. */
  public static final FleetRules DEFAULT = new FleetRules(15, 20, 24L * 60 * 60 * 1000);
}
