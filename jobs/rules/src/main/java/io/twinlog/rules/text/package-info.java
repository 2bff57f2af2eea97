// SPDX-License-Identifier: Apache-2.0
/**
 * Texts in YAML or JSON as trees whose nodes know where they stand. What the fields mean is for
 * others to say.
 */
package io.twinlog.rules.text;
