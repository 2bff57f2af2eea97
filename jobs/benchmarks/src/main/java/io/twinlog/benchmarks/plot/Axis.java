// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.plot;

/**
 * Where numbers lie in a drawing. Draws nothing.
 *
 * @param from number at its start
 * @param to number at its end; more than {@code from}
 * @param start place in the drawing, in its units
 * @param end may be before the start
 */
record Axis(double from, double to, double start, double end) {
  double at(double number) {
    return start + (number - from) / (to - from) * (end - start);
  }
}
