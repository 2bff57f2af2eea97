// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.rules.Finding;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleDocument.Reading;
import io.twinlog.rules.RuleLimits;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.json.ExactJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A set of rules in a file, or on stdin. What is wrong with the bytes is found like all else that
 * is wrong.
 *
 * @param name as it stands before what is found
 */
record RulesText(String name, byte[] bytes) {
  static RulesText read(Environment environment, String file) {
    try (InputStream in = environment.open(file)) {
      return new RulesText(
          file.equals("-") ? "stdin" : file, in.readNBytes(RuleLimits.DOCUMENT_BYTES_MAX + 1));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** One that is published under a version. */
  static RulesText published(long version, String document) {
    return new RulesText("version " + version, document.getBytes(StandardCharsets.UTF_8));
  }

  /** As text; of bytes that are none it tells nothing: {@link #reading} does. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Reading reading(Function<String, Reading> reader) {
    if (bytes.length > RuleLimits.DOCUMENT_BYTES_MAX) {
      return wrong(
          FindingCode.TOO_LARGE.text(),
          "has more than the " + RuleLimits.DOCUMENT_BYTES_MAX + " bytes that it may have");
    }
    return ExactJson.text(bytes)
        .map(reader)
        .orElseGet(() -> wrong(ErrorCode.NOT_UTF8.text(), "is not well-formed UTF-8"));
  }

  private static Reading wrong(String code, String message) {
    return new Reading(Optional.empty(), List.of(new Finding(0, 0, "", code, message)));
  }

  /** {@code FILE:LINE:COLUMN: path: message (code)}; without what there is not. */
  String line(Finding finding) {
    String place = finding.line() == 0 ? "" : ":" + finding.line() + ":" + finding.column();
    String path = finding.path().isEmpty() ? "" : finding.path() + ": ";
    return name + place + ": " + path + finding.message() + " (" + finding.code() + ")";
  }
}
