// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the tree of a document into rules, and tells all that is wrong with it. One class for each
 * part of the document; {@link io.twinlog.rules.read.DocumentReader} is the way in.
 */
package io.twinlog.rules.read;
