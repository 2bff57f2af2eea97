// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The instances of a name.
 *
 * @param version of the last fact; it grows with each, and is no lower than the clock at it
 * @param instances by id, in order
 * @param windowEnds clock at which others may leave by silence; 0: none has left of late
 * @param leftInWindow how many have left by silence since that window began
 * @param lossMax how many may, in it
 * @param written clock at which the list was last written
 * @param over nothing is left of it: what comes later of the name begins anew
 */
public record EndpointsState(
    String name,
    long version,
    SortedMap<String, Instance> instances,
    long windowEnds,
    int leftInWindow,
    int lossMax,
    long written,
    boolean over) {

  /** Where an instance stands. */
  public enum Standing {
    /** It is heard. */
    HEARD,
    /** It is silent, and stays in the list for now. */
    HELD,
    /** The same, and it was given up meanwhile: it goes as soon as it may. */
    HELD_EXPIRED,
    /** It is silent, and has left the list. */
    OUT
  }

  /**
   * An instance.
   *
   * @param silentSince clock; 0: it is heard
   */
  public record Instance(
      String endpoint, String version, Health reported, Standing standing, long silentSince) {
    boolean isHeld() {
      return standing == Standing.HELD || standing == Standing.HELD_EXPIRED;
    }

    /** Whether it may take load, for all that is known. */
    boolean isListed() {
      return standing != Standing.OUT && reported != Health.UNHEALTHY;
    }
  }

  EndpointsState ofVersion(long version) {
    return new EndpointsState(
        name, version, instances, windowEnds, leftInWindow, lossMax, written, over);
  }

  /** Whether there is nothing to be kept. */
  boolean isNothing() {
    return over || version == 0 && instances.isEmpty();
  }

  static EndpointsState of(String name) {
    return new EndpointsState(name, 0, new TreeMap<>(), 0, 0, 0, 0, false);
  }

  public EndpointsState {
    instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
  }
}
