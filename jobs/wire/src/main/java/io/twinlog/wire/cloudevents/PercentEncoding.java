// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import io.twinlog.wire.json.ExactJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes any text with the characters that every part of a URI can hold, and reads it again: UTF-8,
 * percent-encoded. It knows nothing of the parts of a URI. Source: RFC 3986, 2.1 and 2.3.
 */
final class PercentEncoding {
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /**
   * The text with all else than letters, digits and {@code -._~} encoded.
   *
   * @param kept a character that stays as well
   */
  static String encode(String text, char kept) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char unit = (char) (each & 0xff);
      if (isUnreserved(unit) || unit == kept) {
        encoded.append(unit);
      } else {
        encoded.append('%').append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 0xf));
      }
    }
    return encoded.toString();
  }

  /** The text that was encoded; empty when it is cut short, or no UTF-8. */
  static Optional<String> decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) != '%') {
        int from = i;
        while (i + 1 < encoded.length() && encoded.charAt(i + 1) != '%') {
          i++;
        }
        bytes.writeBytes(encoded.substring(from, i + 1).getBytes(StandardCharsets.UTF_8));
      } else if (isOctet(encoded, i)) {
        bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return ExactJson.text(bytes.toByteArray());
  }

  /** Whether a percent sign and two hexadecimal digits stand there. */
  static boolean isOctet(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && isHex(text.charAt(at + 1))
        && isHex(text.charAt(at + 2));
  }

  private static boolean isHex(char unit) {
    return unit >= '0' && unit <= '9' || unit >= 'A' && unit <= 'F' || unit >= 'a' && unit <= 'f';
  }

  static boolean isUnreserved(char unit) {
    return isLetter(unit) || unit >= '0' && unit <= '9' || UNRESERVED_MARKS.indexOf(unit) >= 0;
  }

  static boolean isLetter(char unit) {
    return unit >= 'A' && unit <= 'Z' || unit >= 'a' && unit <= 'z';
  }
}
