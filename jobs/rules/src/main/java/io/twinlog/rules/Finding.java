// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

/**
 * What is wrong in a document of rules.
 *
 * @param line from 1; 0: of the whole
 * @param column from 1; 0: of the whole line
 * @param path in the document: {@code quality.metrics.temperature.range.min}
 * @param code of the error reference
 */
public record Finding(int line, int column, String path, String code, String message) {}
