// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

/**
 * The id of a group of alerts: who it is for and what they share, and since when. Safe in a URL.
 */
public final class GroupId {
  private static final String PREFIX = "g-";

  private GroupId() {}

  /**
   * The id.
   *
   * @param key of the group
   * @param opened clock of its first alert
   */
  public static String of(String key, long opened) {
    return PREFIX + AlertId.digits(key, "") + '-' + opened;
  }
}
