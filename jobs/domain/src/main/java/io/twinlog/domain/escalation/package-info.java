// SPDX-License-Identifier: Apache-2.0
/** Alerts: what errors fold into, and what follows from them until somebody has dealt with it. */
package io.twinlog.domain.escalation;
