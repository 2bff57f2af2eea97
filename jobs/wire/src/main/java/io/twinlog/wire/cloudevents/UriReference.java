// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text that is a URI-reference, in its parts as they are written. It resolves and normalises
 * nothing. Source: RFC 3986, 4.1 and appendix B; java.net.URI follows an older one.
 *
 * @param scheme empty: a relative reference
 * @param from where the path begins in the text
 * @param bare whether it ends with the path: no query, no fragment
 */
public record UriReference(String scheme, String path, int from, boolean bare) {
  private static final String SUB_DELIMITERS = "!$&'()*+,;=";
  private static final String PATH = SUB_DELIMITERS + ":@/";
  private static final String QUERY = PATH + "?";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final Pattern LITERAL_HOST = Pattern.compile("\\[[0-9A-Za-z:.]+](?::[0-9]*)?");

  /** Empty when the text is none. */
  public static Optional<UriReference> of(String text) {
    int fragment = indexOr(text, '#', 0, text.length());
    int query = indexOr(text, '?', 0, fragment);
    int colon = indexOr(text, ':', 0, query);
    boolean absolute = colon < indexOr(text, '/', 0, query);
    int at = absolute ? colon + 1 : 0;
    if (absolute && !SCHEME.matcher(text.substring(0, colon)).matches()) {
      // Also a relative reference whose first segment has a colon, which must not be.
      return Optional.empty();
    }
    int path = at;
    if (text.startsWith("//", at) && at + 2 <= query) {
      path = indexOr(text, '/', at + 2, query);
      if (!isAuthority(text.substring(at + 2, path))) {
        return Optional.empty();
      }
    }
    boolean whole =
        isMadeOf(text, path, query, PATH)
            && isMadeOf(text, query + 1, fragment, QUERY)
            && isMadeOf(text, fragment + 1, text.length(), QUERY);
    return whole
        ? Optional.of(
            new UriReference(
                absolute ? text.substring(0, colon) : "",
                text.substring(path, query),
                path,
                query == text.length()))
        : Optional.empty();
  }

  /** Where the character stands before {@code end}, else {@code end}. */
  private static int indexOr(String text, char wanted, int from, int end) {
    int at = text.indexOf(wanted, from);
    return at < 0 || at > end ? end : at;
  }

  private static boolean isAuthority(String text) {
    int at = text.lastIndexOf('@');
    String host = text.substring(at + 1);
    if (at >= 0 && !isMadeOf(text, 0, at, SUB_DELIMITERS + ":")) {
      return false;
    }
    if (host.startsWith("[")) {
      return LITERAL_HOST.matcher(host).matches();
    }
    int port = indexOr(host, ':', 0, host.length());
    return isMadeOf(host, 0, port, SUB_DELIMITERS)
        && host.substring(Math.min(port + 1, host.length()))
            .chars()
            .allMatch(digit -> digit >= '0' && digit <= '9');
  }

  /** Of unreserved characters, percent-encoded ones, and those others. */
  private static boolean isMadeOf(String text, int from, int to, String others) {
    for (int i = from; i < to; i++) {
      char unit = text.charAt(i);
      if (PercentEncoding.isOctet(text, i)) {
        i += 2;
      } else if (!PercentEncoding.isUnreserved(unit) && others.indexOf(unit) < 0) {
        return false;
      }
    }
    return true;
  }
}
