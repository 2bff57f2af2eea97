// SPDX-License-Identifier: Apache-2.0
/**
 * A set of rules as the jobs use it: immutable, under a version. How one is written: module rules.
 */
package io.twinlog.domain.rules;
