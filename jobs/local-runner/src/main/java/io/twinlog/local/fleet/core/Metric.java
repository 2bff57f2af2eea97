// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

/**
 * What a sensor measures, and how it moves when nothing is wrong with it: a curve over the day,
 * noise on it.
 *
 * @param base mean of an average device
 * @param spread how far the means of devices lie apart
 * @param swing how far a day goes up and down from the mean
 * @param noise how far a single reading goes off at most
 * @param decimals that the sensor reports
 */
record Metric(String name, double base, double spread, double swing, double noise, int decimals) {
  /** The least distance by which an anomaly moves a reading, so that it is one. */
  double offset() {
    return 2 * noise + swing + spread;
  }

  /** As the sensor reports it. */
  double rounded(double value) {
    double scale = Ascii.scale(decimals);
    return Math.round(value * scale) / scale;
  }
}
