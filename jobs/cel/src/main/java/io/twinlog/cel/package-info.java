// SPDX-License-Identifier: Apache-2.0
/**
 * Conditions in the Common Expression Language (CEL): {@link io.twinlog.cel.Conditions} checks and
 * compiles them. No type of the language's libraries stands in this interface, so that nobody else
 * meets them; what conditions are asked about is for others to say.
 */
package io.twinlog.cel;
