// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.rules.text.Place;

/**
 * A place in a document, and the way to it.
 *
 * @param path {@code quality.metrics.temperature.range}
 */
record Spot(Place place, String path) {
  private static final int SHOWN_MAX = 40;

  /** The path of a field; a name that is no word stands in brackets, a long one is cut. */
  static String child(String path, String name) {
    boolean word = name.length() <= SHOWN_MAX && name.matches("[\\p{L}_][\\p{L}\\p{N}_-]*");
    String shown = word ? name : "['" + cut(name).replaceAll("[\\p{Cntrl}\\p{Cs}]", "?") + "']";
    return path.isEmpty() || !word ? path + shown : path + '.' + shown;
  }

  private static String cut(String name) {
    return name.length() <= SHOWN_MAX ? name : name.substring(0, SHOWN_MAX - 1) + '…';
  }
}
