// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.routing;

/**
 * A pattern of event types: a whole type ({@code device.online}), or a prefix with a star ({@code
 * device.*}) that holds for every type that begins so.
 */
public final class TypePattern {
  private TypePattern() {}

  /** Whether {@code pattern} can be one. */
  public static boolean isPattern(String pattern) {
    return pattern.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*(\\.\\*)?");
  }

  public static boolean matches(String pattern, String eventType) {
    return pattern.endsWith(".*")
        ? eventType.startsWith(pattern.substring(0, pattern.length() - 1))
        : eventType.equals(pattern);
  }

  /**
   * How closely a pattern says it: a whole type before any prefix, a longer prefix before a
   * shorter.
   */
  static int closeness(String pattern) {
    return pattern.endsWith(".*") ? pattern.length() : Integer.MAX_VALUE;
  }
}
