// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Reason;
import java.util.Locale;

/**
 * Code of each {@link Reason} that the decoding of ingress and commands can give: a closed list.
 * The codes with which an aggregate refuses a command are the aggregate's own and not listed here.
 */
public enum ErrorCode {
  EMPTY("the record has no value, or an empty one"),
  TOO_LARGE("the value has more bytes than the limit"),
  TOO_DEEP("objects and arrays are nested deeper than the limit"),
  UNKNOWN_CONTENT_TYPE("the content-type header names a format that is not read"),
  CONTENT_TYPE_MISMATCH("the content-type header contradicts the first bytes of the value"),
  NOT_UTF8("the bytes are not well-formed UTF-8"),
  BYTE_ORDER_MARK("the text begins with a byte order mark"),
  NOT_JSON("the text is not a JSON document, or more follows after it"),
  NOT_AVRO("the bytes are not what their Avro schema says: cut, garbled, or more follows"),
  NOT_CBOR("the bytes are not one CBOR data item"),
  NOT_BASE64("the string is not base64"),
  UNKNOWN_SCHEMA("no schema with this fingerprint is known here, or it is not one of this place"),
  DUPLICATE_KEY("an object has the same key twice"),
  LONE_SURROGATE("a string holds one half of a surrogate pair: no character"),
  NOT_FINITE("the number is not finite as a double"),
  MISSING_FIELD("a required field is not there"),
  WRONG_TYPE("the value has another type than the field"),
  TOO_SHORT("the string has fewer characters than it must"),
  TOO_LONG("the string, name or number has more characters than it may"),
  TOO_FEW("the object or list has fewer entries than it must"),
  TOO_MANY("the object or list has more entries than it may"),
  CONTROL_CHARACTER("the string holds a control character where none may be"),
  BAD_FORMAT("the string is not written as the field must be"),
  OUT_OF_RANGE("the number or instant lies outside the range of the field"),
  UNKNOWN_VALUE("the value is none of those that the field can have"),
  UNKNOWN_EVENT_TYPE("the catalogue has no schema of the event type, and must have one"),
  UNSUPPORTED_SCHEMA_VERSION("the catalogue has no schema of this version of the event type"),
  SCHEMA_VIOLATION("the payload breaks another rule of its schema"),
  INVALID_COMMAND("the command breaks a rule; the message begins with the code of the rule"),
  MORE_ERRORS("there are more errors than are listed");

  private final String meaning;

  ErrorCode(String meaning) {
    this.meaning = meaning;
  }

  /** As it is written in a reason: {@code missing_field}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line for the error reference. */
  public String meaning() {
    return meaning;
  }

  /** A reason with this code. */
  public Reason at(String path, String message) {
    return new Reason(text(), path, message);
  }
}
