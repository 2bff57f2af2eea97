// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an alert: what is wrong with which source, and which time it was. Safe in a URL and in
 * a file's name, whatever source and code are.
 *
 * @param key of (source, code): what its errors are keyed by
 * @param opening version at which it opened
 */
public record AlertId(String key, long opening) {
  private static final String PREFIX = "a-";

  /** RFC 4648, in lower case. */
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

  private static final int BITS_OF_DIGIT = 5;

  /** 130 bits: nobody will find two pairs that have the same. */
  private static final int LENGTH = 26;

  private static final Pattern ID = Pattern.compile("(a-[a-z2-7]{26})-([1-9][0-9]{0,17})");

  /** The key of the alerts of a source, which has no control characters, and a code. */
  public static String key(String source, String code) {
    return PREFIX + digits(source, code);
  }

  /** As many digits of a pair that no other pair will have them. */
  static String digits(String source, String code) {
    MessageDigest digest = sha256();
    digest.update(source.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return digits(digest.digest(code.getBytes(StandardCharsets.UTF_8)));
  }

  private static String digits(byte[] hash) {
    StringBuilder text = new StringBuilder(LENGTH);
    int bits = 0;
    int pending = 0;
    int next = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (bits < BITS_OF_DIGIT) {
        pending = pending << Byte.SIZE | hash[next++] & 0xff;
        bits += Byte.SIZE;
      }
      bits -= BITS_OF_DIGIT;
      text.append(DIGITS.charAt(pending >> bits & DIGITS.length() - 1));
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The id of this text; empty: it is none. */
  public static Optional<AlertId> of(String text) {
    Matcher matcher = ID.matcher(text);
    return matcher.matches()
        ? Optional.of(new AlertId(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** As it is written. */
  @Override
  public String toString() {
    return key + '-' + opening;
  }
}
