// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

/**
 * 64 bits for the identity of an event: what deduplication remembers in place of the three strings.
 */
public final class IdHash {
  static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private IdHash() {}

  /**
   * Hash of (service_id, component_id, id). Source: FNV-1a over the characters, finished as
   * MurmurHash3 does.
   */
  public static long of(String serviceId, String componentId, String id) {
    return finished(mixed(mixed(mixed(OFFSET, serviceId), componentId), id));
  }

  static long finished(long mixed) {
    long hash = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  /** The length is mixed in, so that ("ab", "c") and ("a", "bc") differ. */
  private static long mixed(long hash, String text) {
    long result = (hash ^ text.length()) * PRIME;
    for (int i = 0; i < text.length(); i++) {
      result = (result ^ text.charAt(i)) * PRIME;
    }
    return result;
  }

  /** The same of a text of ASCII, whose bytes are its characters. */
  static long mixed(long hash, byte[] ascii, int from, int to) {
    long result = (hash ^ to - from) * PRIME;
    for (int i = from; i < to; i++) {
      result = (result ^ ascii[i]) * PRIME;
    }
    return result;
  }
}
