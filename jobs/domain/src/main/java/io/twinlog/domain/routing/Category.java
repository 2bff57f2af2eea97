// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.routing;

/** What kind of thing an event tells of; it decides the topic and the key. */
public enum Category {
  /** Devices and their data. */
  DOMAIN,
  /** Services and the platform itself. */
  SYSTEM,
  /** What users do. */
  USER,
  /** All else. */
  INTEGRATION
}
