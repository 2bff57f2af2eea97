// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import org.apache.flink.configuration.Configuration;

/**
 * What a seed decides for services: short lives, and a guard that often has something to hold.
 * Times are in ms of the clock.
 *
 * @param retention of one that is gone
 */
record ServiceSetting(
    int silentIntervals,
    int expiredIntervals,
    long retention,
    int lossPercent,
    long lossWindow,
    int instancesMax) {
  static ServiceSetting of(Dice dice) {
    int silent = dice.between(1, 3);
    return new ServiceSetting(
        silent,
        silent + dice.between(1, 6),
        dice.between(1, 40) * 1_000L,
        dice.between(10, 60),
        dice.between(2, 15) * 1_000L,
        dice.between(2, 6));
  }

  /** The same as an operator would set it. */
  void addTo(Configuration c) {
    c.setString("service.interval", "2 s");
    c.setString("service.silent-intervals", Integer.toString(silentIntervals));
    c.setString("service.expired-intervals", Integer.toString(expiredIntervals));
    c.setString("service.retention", retention + " ms");
    c.setString("service.loss.percent", Integer.toString(lossPercent));
    c.setString("service.loss.window", lossWindow + " ms");
    c.setString("service.endpoints.max", Integer.toString(instancesMax));
    c.setString("service.endpoints.rewrite", "60 s");
    c.setString("service.dedupe.ids", "5");
  }
}
