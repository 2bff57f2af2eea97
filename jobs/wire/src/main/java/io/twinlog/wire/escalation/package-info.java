// SPDX-License-Identifier: Apache-2.0
/** Alerts on the wire: errors and commands, their log, their state, what is told of them. */
package io.twinlog.wire.escalation;
