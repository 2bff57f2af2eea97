// SPDX-License-Identifier: Apache-2.0
/**
 * Telemetry of a device: is a measurement to be believed, how good is it, and what do many of them
 * come to. {@link io.twinlog.domain.telemetry.QualityRules} says what is set about it.
 */
package io.twinlog.domain.telemetry;
