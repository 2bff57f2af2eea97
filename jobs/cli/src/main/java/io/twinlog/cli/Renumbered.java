// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.RuleDocument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a document that is published again the version that it gets now, where it names one. */
final class Renumbered {
  private static final Pattern VERSION = Pattern.compile("(\\bversion\"?'?\\s*:\\s*)(\\d+)\\b");

  private Renumbered() {}

  /**
   * The document under another version, else unchanged. Where it cannot be told which number is the
   * version it stays as it is, and is refused.
   */
  static String of(String document, long version) {
    if (isRight(document, version)) {
      return document;
    }
    Matcher number = VERSION.matcher(document);
    while (number.find()) {
      String changed =
          document.substring(0, number.start(2)) + version + document.substring(number.end(2));
      if (isRight(changed, version)) {
        return changed;
      }
    }
    return document;
  }

  private static boolean isRight(String document, long version) {
    return RuleDocument.read(document, version, RuleSet.DEFAULT).rules().isPresent();
  }
}
