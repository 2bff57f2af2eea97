// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

/** What happens to an instance. Facts of its log; never changed. */
public sealed interface ServiceEvent {

  /** It was not known before. */
  record ServiceRegistered(ServiceInfo info) implements ServiceEvent {}

  /** It started again, as something else. */
  record ServiceUpdated(ServiceInfo info) implements ServiceEvent {}

  record HealthChanged(Health from, Health to) implements ServiceEvent {}

  /**
   * Nothing was heard of it for too long.
   *
   * @param lastSeen clock of its last sign of life
   */
  record ServiceFellSilent(long lastSeen) implements ServiceEvent {}

  /** It was silent, and is heard again. */
  record ServiceCameBack() implements ServiceEvent {}

  /** It said that it goes. */
  record ServiceStopped() implements ServiceEvent {}

  /** It was silent for so long that it is no longer counted on. */
  record ServiceExpired() implements ServiceEvent {}

  /** It has been gone for so long that nothing is remembered of it. The last event. */
  record ServiceForgotten() implements ServiceEvent {}
}
