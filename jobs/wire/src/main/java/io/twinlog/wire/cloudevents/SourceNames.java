// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import java.util.Optional;

/**
 * Tells the id of a service as the URI-reference that CloudEvents asks of a source, and back. What
 * can stand in a URI is taken as it is; all else is percent-encoded. Each id has one URI of its
 * own.
 */
public final class SourceNames {
  /** An id of 128 characters, each of four bytes, each of them encoded. */
  private static final int ENCODED_MAX = 128 * 4 * 3;

  private SourceNames() {}

  /** The URI-reference of an id: itself, where it is one and does not look like an encoded id. */
  public static String uri(String id) {
    return UriReference.of(id).isPresent() && meant(id).isEmpty() ? id : encoded(id);
  }

  /**
   * The id that a URI-reference stands for.
   *
   * @return the URI-reference itself, unless it is what {@link #uri} encodes an id to. Never longer
   */
  public static String id(String uri) {
    return uri.length() > ENCODED_MAX ? uri : meant(uri).orElse(uri);
  }

  /** What was encoded; empty when nothing had to be, so that the text stands for itself. */
  private static Optional<String> meant(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.empty();
    }
    return PercentEncoding.decode(text)
        // The case of hexadecimal digits says nothing; all other letters are the same in both.
        .filter(id -> encoded(id).equalsIgnoreCase(text))
        .filter(id -> UriReference.of(id).isEmpty() || meant(id).isPresent());
  }

  private static String encoded(String id) {
    return PercentEncoding.encode(id, '/');
  }
}
