// SPDX-License-Identifier: Apache-2.0
/**
 * Sets of rules in the topic {@code rules}: how one is published, listed and found. When one takes
 * effect is said by ticks, not here. Source: docs/decisions/0021-rules-in-the-log.md.
 */
package io.twinlog.rules.log;
