// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

/**
 * A setting, or something outside that it names, is not as it must be. The message says what to do.
 */
public final class SettingsException extends RuntimeException {
  public SettingsException(String message) {
    super(message);
  }

  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
