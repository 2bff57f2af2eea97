// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.cel.Names;
import io.twinlog.rules.Durations;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.text.Node.Text;
import io.twinlog.rules.text.Scalars;
import io.twinlog.rules.text.Scalars.Meaning;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads single values; what is not as it must be is reported and empty. */
final class Values {
  /** Numbers of rules lie within plus and minus this, as those of telemetry. */
  static final double LARGEST = 1e100;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Set<String> YES = Set.of("yes", "on", "y");
  private static final Set<String> NO = Set.of("no", "off", "n");

  private final Findings findings;

  Values(Findings findings) {
    this.findings = findings;
  }

  void report(Spot spot, FindingCode code, String message) {
    findings.add(spot, code, message);
  }

  void wrongType(Value value, String expected) {
    report(
        value.spot(),
        FindingCode.WRONG_TYPE,
        "must be " + expected + ", is " + value.node().shown());
  }

  void tooMany(Spot spot, int has, int most) {
    report(spot, FindingCode.TOO_MANY, "has " + has + " entries, at most " + most + " may be");
  }

  OptionalDouble number(Value value, double min, double max) {
    if (!Scalars.isNumber(value.node())) {
      wrongType(value, "a number" + unquoted(value));
      return OptionalDouble.empty();
    }
    double number = Scalars.number((Text) value.node());
    if (!(number >= min && number <= max)) {
      report(
          value.spot(),
          FindingCode.OUT_OF_RANGE,
          "must be " + span(min, max) + ", is " + value.node().shown());
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  private static String unquoted(Value value) {
    boolean quoted =
        value.node() instanceof Text text
            && !text.plain()
            && text.value().matches("[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?");
    return quoted ? " without quotes" : "";
  }

  private static String span(double min, double max) {
    return max >= LARGEST
        ? min <= -LARGEST ? "within ±1e100" : "at least " + shown(min)
        : shown(min) + " to " + shown(max);
  }

  /** Without an exponent, and without a fraction of nothing. */
  static String shown(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  OptionalLong whole(Value value, long min, long max) {
    if (!Scalars.is(value.node(), Meaning.WHOLE)) {
      wrongType(value, "a whole number" + unquoted(value));
      return OptionalLong.empty();
    }
    OptionalDouble number = number(value, min, max);
    return number.isEmpty() ? OptionalLong.empty() : OptionalLong.of((long) number.getAsDouble());
  }

  OptionalLong duration(Value value, long min, long max) {
    OptionalLong millis =
        value.node() instanceof Text text ? Durations.millis(text.value()) : OptionalLong.empty();
    if (millis.isEmpty()) {
      report(
          value.spot(),
          FindingCode.BAD_FORMAT,
          "must be a duration, a number with ms, s, m, h or d such as 30s, is "
              + value.node().shown());
      return millis;
    }
    if (millis.getAsLong() < min || millis.getAsLong() > max) {
      report(
          value.spot(),
          FindingCode.OUT_OF_RANGE,
          "must be "
              + Durations.text(min)
              + " to "
              + Durations.text(max)
              + ", is "
              + value.node().shown());
      return OptionalLong.empty();
    }
    return millis;
  }

  Optional<Boolean> bool(Value value) {
    if (Scalars.is(value.node(), Meaning.BOOLEAN)) {
      return Optional.of(Scalars.bool((Text) value.node()));
    }
    wrongType(value, "true or false" + meantBool(value));
    return Optional.empty();
  }

  private static String meantBool(Value value) {
    String word = value.node() instanceof Text text ? text.value().toLowerCase(Locale.ROOT) : "";
    if (YES.contains(word)) {
      return " (in YAML 1.2 '" + word + "' is a text: write true)";
    }
    return NO.contains(word) ? " (in YAML 1.2 '" + word + "' is a text: write false)" : "";
  }

  /** A text of at least one character. */
  Optional<String> text(Value value, int most) {
    if (!(value.node() instanceof Text text) || Scalars.is(text, Meaning.NULL)) {
      wrongType(value, "a text");
      return Optional.empty();
    }
    int length = text.value().codePointCount(0, text.value().length());
    if (length == 0 || length > most) {
      report(
          value.spot(),
          length == 0 ? FindingCode.BAD_FORMAT : FindingCode.TOO_LONG,
          "must have 1 to " + most + " characters, has " + length);
      return Optional.empty();
    }
    return Optional.of(text.value());
  }

  /** A text without control characters: the id of a metric, a model, a check. */
  Optional<String> id(Value value, int most) {
    return text(value, most).filter(id -> isId(value.spot(), id, most));
  }

  /** Whether a key can be an id; reported where it cannot. */
  boolean isId(Spot spot, String id, int most) {
    int length = id.codePointCount(0, id.length());
    if (length == 0 || length > most) {
      report(
          spot,
          length == 0 ? FindingCode.BAD_FORMAT : FindingCode.TOO_LONG,
          "a name has 1 to " + most + " characters, this has " + length);
      return false;
    }
    if (id.codePoints().anyMatch(Character::isISOControl)) {
      report(spot, FindingCode.BAD_FORMAT, "a name has no control characters");
      return false;
    }
    return true;
  }

  /** The name of a rule. */
  Optional<String> name(Value value, int most) {
    Optional<String> name = text(value, most);
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      report(
          value.spot(),
          FindingCode.BAD_FORMAT,
          "a name is of a-z, 0-9, _ and -, and begins with a letter; this is '" + name.get() + "'");
      return Optional.empty();
    }
    return name;
  }

  /** One of some words. */
  Optional<String> choice(Value value, Collection<String> words) {
    if (!(value.node() instanceof Text text)) {
      wrongType(value, "one of " + String.join(", ", words));
      return Optional.empty();
    }
    if (words.contains(text.value())) {
      return Optional.of(text.value());
    }
    report(
        value.spot(),
        FindingCode.UNKNOWN_VALUE,
        "must be one of "
            + String.join(", ", words)
            + ", is "
            + value.node().shown()
            + caseHint(text.value(), List.copyOf(words)));
    return Optional.empty();
  }

  private static String caseHint(String wrong, List<String> words) {
    return words.stream()
        .filter(wrong::equalsIgnoreCase)
        .findFirst()
        .map(word -> "; write '" + word + "'")
        .orElseGet(() -> Names.hint(wrong, words));
  }
}
