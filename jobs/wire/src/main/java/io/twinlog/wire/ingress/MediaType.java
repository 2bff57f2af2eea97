// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Encoding;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A content type, as far as it decides how bytes are read. Which ones are taken where is not known
 * here. Source: RFC 2045, 5.1.
 *
 * @param name in lower case, without parameters
 * @param utf8 whether no other character set is named
 */
record MediaType(String name, boolean utf8) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final Pattern NAME = Pattern.compile(TOKEN + '/' + TOKEN);
  private static final Pattern CHARSET_UTF8 =
      Pattern.compile("charset\\s*=\\s*\"?(?:utf-8|us-ascii)\"?");

  /** Any text can be read, if only as a name that nobody knows. */
  static MediaType of(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean utf8 = true;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      utf8 &= !parameter.startsWith("charset") || CHARSET_UTF8.matcher(parameter).matches();
    }
    return new MediaType(parts[0].strip(), utf8);
  }

  boolean isWellFormed() {
    return NAME.matcher(name).matches();
  }

  /** How bytes of this type are read as a payload. */
  Encoding encoding() {
    if (name.endsWith("/json") || name.endsWith("+json")) {
      return Encoding.JSON;
    }
    if (name.endsWith("/cbor") || name.endsWith("+cbor")) {
      return Encoding.CBOR;
    }
    if (name.equals("application/avro") || name.equals("avro/binary")) {
      return Encoding.AVRO;
    }
    return name.startsWith("text/") ? Encoding.TEXT : Encoding.BINARY;
  }
}
