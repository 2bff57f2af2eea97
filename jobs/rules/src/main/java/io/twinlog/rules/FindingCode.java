// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import java.util.Locale;

/**
 * Code of each {@link Finding} in a document of rules: a closed list. What a trigger's command or
 * event breaks of the catalogue has the code of the decoders ({@code io.twinlog.wire.ErrorCode}).
 */
public enum FindingCode {
  NOT_YAML("the text is neither YAML nor JSON"),
  NOT_SUPPORTED("it is of YAML, and may not stand in rules"),
  EMPTY("the document is empty"),
  TOO_LARGE("the document has more bytes than the limit"),
  TOO_DEEP("lists and fields are nested deeper than the limit"),
  DUPLICATE_KEY("the same key stands twice"),
  UNKNOWN_FIELD("there is no field of this name here"),
  MISSING_FIELD("a field that must be given is not there"),
  WRONG_TYPE("the value is of another type than the field"),
  BAD_FORMAT("the text is not written as the field must be"),
  OUT_OF_RANGE("the number or duration lies outside of what the field can be"),
  TOO_LONG("the text has more characters than it may"),
  TOO_MANY("there are more entries than there may be"),
  UNKNOWN_VALUE("the value is none of those that the field can have"),
  DUPLICATE_NAME("two rules have one name, or a name is taken"),
  CONTRADICTION("it contradicts another rule, or can never have an effect"),
  UNKNOWN_METRIC("no rule speaks of this metric"),
  UNKNOWN_CHECK("no rule makes this check"),
  EXPRESSION_SYNTAX("the condition cannot be read"),
  EXPRESSION_TYPE("the condition means nothing: a name or a type does not fit"),
  EXPRESSION_LIMIT("the condition is over a limit"),
  CHECK_SETTINGS("a check of a jar does not take these settings, or is not there"),
  UNKNOWN_TARGET("nobody of this name can be told"),
  MISSING_TARGET("somebody who must be told is not"),
  UNREACHABLE("it is written, and can never come about"),
  CYCLE("alerts could mute each other"),
  LOOP("a trigger would cause what triggers it"),
  OTHER_VERSION("the document says another version than it has"),
  MORE_FINDINGS("there are more findings than are listed");

  private final String meaning;

  FindingCode(String meaning) {
    this.meaning = meaning;
  }

  /** As it is written in a finding: {@code unknown_field}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line for the error reference. */
  public String meaning() {
    return meaning;
  }
}
