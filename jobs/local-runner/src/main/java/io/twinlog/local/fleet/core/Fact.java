// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that is true of a fleet, for whoever wants to know how much of it Twinlog found out.
 *
 * @param at milliseconds since 1970
 * @param device empty: of the whole fleet
 * @param more what else there is to say: texts, numbers, instants; in order
 */
public record Fact(long at, String device, String kind, Map<String, Object> more) {
  static Fact of(long at, String device, String kind) {
    return new Fact(at, device, kind, new LinkedHashMap<>());
  }

  Fact with(String name, Object value) {
    more.put(name, value);
    return this;
  }

  Fact withInstant(String name, long millis) {
    return with(name, Instant.ofEpochMilli(millis));
  }
}
