// SPDX-License-Identifier: Apache-2.0
/** The telemetry job: Flink around {@code io.twinlog.domain.telemetry}. */
package io.twinlog.telemetry;
