// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import io.twinlog.domain.Moment;
import java.util.List;

/** What a name writes out; {@code version} counts these. */
public sealed interface EndpointsFact {
  long version();

  /** An instance that may take load. */
  record Endpoint(String serviceId, String endpoint, Health health, String version) {}

  /** The list is another now; the instances stand in the order of their ids. */
  record Listed(long version, String name, List<Endpoint> instances) implements EndpointsFact {
    public Listed {
      instances = List.copyOf(instances);
    }
  }

  /**
   * An instance that is one too many for its name: it is not listed.
   *
   * @param at when it came
   * @param max instances of a name
   * @param waits whether it is listed when another one has left; else there are too many that wait
   */
  record Crowded(long version, Moment at, String name, String serviceId, int max, boolean waits)
      implements EndpointsFact {}

  /** No instance is known any more. */
  record Gone(long version, String name) implements EndpointsFact {}

  /**
   * Too many instances fell silent at once: some of them stay in the list.
   *
   * @param at when the window had passed and they were silent still
   * @param known instances of the name
   * @param held those that are silent and stay
   * @param serviceIds the first of them, at most {@link EndpointsRules#IDS_MAX}
   */
  record LossHeld(
      long version, Moment at, String name, int known, int held, List<String> serviceIds)
      implements EndpointsFact {
    public LossHeld {
      serviceIds = List.copyOf(serviceIds);
    }
  }
}
