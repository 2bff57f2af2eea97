// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds what jars name in {@code META-INF/services}. What is found is not looked at. */
public final class Services {
  private Services() {}

  /**
   * All of them, in the order of the class path.
   *
   * @throws IllegalArgumentException when one is named that is not there, or cannot be made
   */
  public static <T> List<T> load(Class<T> service, ClassLoader classes) {
    try {
      List<T> found = new ArrayList<>();
      ServiceLoader.load(service, classes).forEach(found::add);
      return found;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "an extension cannot be loaded: %s%s"
              .formatted(e.getMessage(), e.getCause() == null ? "" : " (" + e.getCause() + ")"),
          e);
    }
  }
}
