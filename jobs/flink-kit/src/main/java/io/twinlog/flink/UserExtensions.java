// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.function.Supplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * What users' jars bring, on a job's class path. A job with extensions that are not sound ends, and
 * says why. It does not know what kinds there are.
 */
public final class UserExtensions {
  private UserExtensions() {}

  /**
   * What is loaded.
   *
   * @throws SuppressRestartsException when it is not sound: a restart would not help
   */
  public static <T> T sound(Supplier<T> loading) {
    try {
      return loading.get();
    } catch (IllegalArgumentException e) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "the extensions on the class path are not sound: " + e.getMessage(), e));
    }
  }
}
