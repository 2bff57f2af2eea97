// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an attempt to recover: {@code <alert id>/<attempt>}. Who attempts it gives it back.
 *
 * @param attempt counted from 1
 */
public record RecoveryId(AlertId alert, int attempt) {
  private static final Pattern ID = Pattern.compile("(.+)/([1-9][0-9]{0,8})");

  /** The id of this text; empty: it is none. */
  public static Optional<RecoveryId> of(String text) {
    Matcher matcher = ID.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int attempt = Integer.parseInt(matcher.group(2));
    return AlertId.of(matcher.group(1)).map(alert -> new RecoveryId(alert, attempt));
  }

  /** As it is written. */
  @Override
  public String toString() {
    return alert.toString() + '/' + attempt;
  }
}
