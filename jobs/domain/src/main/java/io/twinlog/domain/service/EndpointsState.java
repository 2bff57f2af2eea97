// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The instances of a name.
 *
 * @param version of the last fact; it grows with each, and is no lower than the clock at it
 * @param instances by id, in order
 * @param leaves clocks at which instances of late left by silence, oldest first
 * @param told clock at which a loss that is held was last told; 0: none was
 * @param written clock at which the list was last written
 * @param over nothing is left of it: what comes later of the name begins anew
 */
public record EndpointsState(
    String name,
    long version,
    SortedMap<String, Instance> instances,
    List<Long> leaves,
    long told,
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
    OUT,
    /** It is heard, and one too many: it is listed when another one has left. */
    WAITING
  }

  /**
   * An instance.
   *
   * @param since clock at which it fell silent, or began to wait; 0: it is heard, and listed
   */
  public record Instance(
      String endpoint, String version, Health reported, Standing standing, long since) {
    boolean isHeld() {
      return standing == Standing.HELD || standing == Standing.HELD_EXPIRED;
    }

    /** Whether it may take load, for all that is known. */
    boolean isListed() {
      return standing != Standing.OUT
          && standing != Standing.WAITING
          && reported != Health.UNHEALTHY;
    }
  }

  EndpointsState ofVersion(long version) {
    return new EndpointsState(name, version, instances, leaves, told, written, over);
  }

  /** Whether there is nothing to be kept. */
  boolean isNothing() {
    return over || version == 0 && instances.isEmpty();
  }

  static EndpointsState of(String name) {
    return new EndpointsState(name, 0, new TreeMap<>(), List.of(), 0, 0, false);
  }

  public EndpointsState {
    instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    leaves = List.copyOf(leaves);
  }
}
