// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of what a fleet does. It says nothing of when or by whom.
 *
 * @param shares each of {@link Share}
 */
public record Mix(Map<Share, Double> shares) {
  /** What is left for what devices say of themselves, at least. */
  private static final double ORDINARY_MIN = 0.05;

  public static final Mix USUAL = parse("");

  /**
   * Fills in what is not said.
   *
   * @throws IllegalArgumentException when a share is not from 0 to 1, or they leave no room for
   *     what devices say of themselves
   */
  public Mix {
    EnumMap<Share, Double> all = new EnumMap<>(Share.class);
    for (Share share : Share.values()) {
      double value = shares.getOrDefault(share, share.usual());
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "%s is a share from 0 to 1, not %s".formatted(share.text(), value));
      }
      all.put(share, value);
    }
    shares = Collections.unmodifiableMap(all);
    double taken = taken(shares);
    if (taken > 1 - ORDINARY_MIN) {
      throw new IllegalArgumentException(
          ("malformed + doubles + 2 x (disorder + reconnects + faults) is at most %s,"
                  + " as devices have ordinary things to say, too; it is %.3f")
              .formatted(1 - ORDINARY_MIN, taken));
    }
  }

  /**
   * Reads {@code malformed=0.2,doubles=0.01}; what is left out is as usual.
   *
   * @throws IllegalArgumentException when a name is not known, with the list of those that are, or
   *     a value is no share
   */
  public static Mix parse(String text) {
    Map<Share, Double> shares = new EnumMap<>(Share.class);
    for (String part : text.isBlank() ? new String[0] : text.split(",")) {
      String[] pair = part.strip().split("=", 2);
      Share share =
          Share.of(pair[0])
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the mix has no '%s'; it has %s".formatted(pair[0], Share.list())));
      if (shares.put(share, value(pair)) != null) {
        throw new IllegalArgumentException("the mix says '%s' twice".formatted(pair[0]));
      }
    }
    return new Mix(shares);
  }

  private static double value(String[] pair) {
    try {
      return Double.parseDouble(pair.length == 2 ? pair[1] : "");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is a share from 0 to 1, such as %s=0.01".formatted(pair[0], pair[0]), e);
    }
  }

  /** The same, but for one share. */
  public Mix with(Share share, double value) {
    Map<Share, Double> other = new EnumMap<>(shares);
    other.put(share, value);
    return new Mix(other);
  }

  public double of(Share share) {
    return shares.get(share);
  }

  /** Share of messages that come after another that caused them: no device has its turn then. */
  double followers() {
    return followers(shares);
  }

  private static double followers(Map<Share, Double> shares) {
    return shares.get(Share.DOUBLES)
        + shares.get(Share.DISORDER)
        + shares.get(Share.RECONNECTS)
        + shares.get(Share.FAULTS);
  }

  private static double taken(Map<Share, Double> shares) {
    return followers(shares)
        + shares.get(Share.MALFORMED)
        + shares.get(Share.DISORDER)
        + shares.get(Share.RECONNECTS)
        + shares.get(Share.FAULTS);
  }

  /** As the command line takes it, whole. */
  public String text() {
    return shares.entrySet().stream()
        .map(entry -> entry.getKey().text() + "=" + plain(entry.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String plain(double share) {
    return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
  }
}
