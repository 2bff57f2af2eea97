// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the version of a payload's schema as the URI that CloudEvents asks of a data schema, and
 * back: {@code twinlog:data.collected/2}. Whether there is such a version is not known here.
 */
public final class DataSchemas {
  /** Of an event that names no schema, or one that tells no version. */
  public static final String DEFAULT_VERSION = "1";

  private static final String OURS = "twinlog:";
  private static final char NOTHING_ELSE = '-';
  private static final Pattern VERSION = Pattern.compile("v?([0-9]+(?:\\.[0-9]+){0,9})");

  private DataSchemas() {}

  public static String uri(String eventType, String version) {
    return OURS + eventType + '/' + PercentEncoding.encode(version, NOTHING_ELSE);
  }

  /**
   * The version that a URI tells: of ours what follows the type; of another its last segment, where
   * that is a number such as {@code 2}, {@code v2} or {@code 2.1}; else the default.
   *
   * @return empty when it is one of ours, and not of this type
   */
  public static Optional<String> version(String uri, String eventType) {
    if (!uri.startsWith(OURS)) {
      return Optional.of(UriReference.of(uri).map(DataSchemas::last).orElse(DEFAULT_VERSION));
    }
    String ofType = OURS + eventType + '/';
    return uri.startsWith(ofType)
        ? PercentEncoding.decode(uri.substring(ofType.length()))
        : Optional.empty();
  }

  private static String last(UriReference uri) {
    String path = uri.path();
    int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf(':'));
    Matcher version = VERSION.matcher(path.substring(end + 1));
    return end >= 0 && version.matches() ? version.group(1) : DEFAULT_VERSION;
  }
}
