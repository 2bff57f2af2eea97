// SPDX-License-Identifier: Apache-2.0
/** Telemetry on the wire and in state: what devices say, what is told of it, what is kept. */
package io.twinlog.wire.telemetry;
