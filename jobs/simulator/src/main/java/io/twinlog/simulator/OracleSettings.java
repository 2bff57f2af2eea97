// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.availability.AvailabilityRules;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.domain.fleet.FleetRules;

/** What the oracle must know of the job's settings. */
record OracleSettings(
    DeviceRules device,
    AvailabilityRules availability,
    FleetRules fleet,
    int idsMax,
    long idsHorizonMillis,
    int resultsMax,
    long resultsHorizonMillis) {}
