// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

/**
 * What an instance says when it starts.
 *
 * @param name of the service that it is one of
 * @param endpoint where it takes load
 * @param version empty: none was said
 * @param intervalMillis between two signs of life, as it promises; 0: not said
 */
public record ServiceInfo(String name, String endpoint, String version, long intervalMillis) {
  /** Of an instance that is not known. */
  public static final ServiceInfo NONE = new ServiceInfo("", "", "", 0);
}
