// SPDX-License-Identifier: Apache-2.0
/**
 * Sets of rules as people write them: {@link io.twinlog.rules.RuleDocument} reads one, and says of
 * a wrong one where and why. What the jobs do with them is in {@code io.twinlog.domain}.
 */
package io.twinlog.rules;
