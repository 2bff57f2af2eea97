// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import static io.twinlog.testkit.BadInput.bad;
import static io.twinlog.testkit.IngressExamples.COMMAND;
import static io.twinlog.testkit.IngressExamples.command;
import static io.twinlog.testkit.IngressExamples.replaced;
import static io.twinlog.wire.DeadLetterReason.INVALID_ENVELOPE;
import static io.twinlog.wire.DeadLetterReason.INVALID_PAYLOAD;
import static io.twinlog.wire.DeadLetterReason.MALFORMED;
import static io.twinlog.wire.DeadLetterReason.TOO_LARGE;

import io.twinlog.schemas.Command;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.wire.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Commands that break a rule: those that can still be answered, and those that cannot. */
final class BadCommands {
  private BadCommands() {}

  static List<Bad> withAnAnswer() {
    return List.of(
        bad(
            "an unknown command",
            command("ExplodeDevice", "{}"),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE),
        bad(
            "no command",
            replaced(COMMAND, "\"command\":\"RegisterDevice\",", ""),
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD),
        bad(
            "an aggregate that is a number",
            replaced(COMMAND, "\"d-1\"", "1"),
            INVALID_ENVELOPE,
            ErrorCode.WRONG_TYPE),
        bad(
            "an aggregate with a line end",
            replaced(COMMAND, "d-1", "d\\n"),
            INVALID_ENVELOPE,
            ErrorCode.CONTROL_CHARACTER),
        bad(
            "a negative version",
            replaced(COMMAND, "\"expected_version\":0", "\"expected_version\":-1"),
            INVALID_ENVELOPE,
            ErrorCode.OUT_OF_RANGE),
        bad(
            "a negative ttl",
            replaced(COMMAND, "60000", "-60000"),
            INVALID_ENVELOPE,
            ErrorCode.OUT_OF_RANGE),
        bad(
            "a timestamp that is none",
            replaced(COMMAND, "2026-01-01T00:00:00.000Z", "now"),
            INVALID_ENVELOPE,
            ErrorCode.BAD_FORMAT),
        bad("an empty author", replaced(COMMAND, "ann", ""), INVALID_ENVELOPE, ErrorCode.TOO_SHORT),
        bad(
            "an argument twice",
            command("RegisterDevice", "{\"model\":\"a\",\"model\":\"b\"}"),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "arguments of 33 levels",
            command(
                "RegisterDevice",
                "{\"model\":\"a\",\"x\":" + "[".repeat(31) + "]".repeat(31) + "}"),
            TOO_LARGE,
            ErrorCode.TOO_DEEP),
        bad(
            "no arguments where one is required",
            replaced(COMMAND, "\"data\":", "\"x\":"),
            INVALID_PAYLOAD,
            ErrorCode.MISSING_FIELD),
        bad(
            "arguments that are a string",
            command("RegisterDevice", "\"x\""),
            INVALID_PAYLOAD,
            ErrorCode.WRONG_TYPE),
        bad(
            "a merge patch that nests",
            command("ConfigureDevice", "{\"configuration\":{\"a\":{\"b\":1}}}"),
            INVALID_PAYLOAD,
            ErrorCode.WRONG_TYPE),
        bad(
            "attributes that are missing",
            command("SetAttributes", "{}"),
            INVALID_PAYLOAD,
            ErrorCode.MISSING_FIELD),
        bad(
            "a fault without anything",
            command("ReportFault", "{}"),
            INVALID_PAYLOAD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD,
            ErrorCode.MISSING_FIELD),
        bad(
            "a severity that is none",
            command("ReportFault", "{\"code\":\"c\",\"severity\":\"HIGH\",\"message\":\"\"}"),
            INVALID_PAYLOAD,
            ErrorCode.UNKNOWN_VALUE),
        bad(
            "a fault code that is empty",
            command("ClearFault", "{\"code\":\"\"}"),
            INVALID_PAYLOAD,
            ErrorCode.TOO_SHORT),
        bad(
            "a reason that is a number",
            command("DecommissionDevice", "{\"reason\":1}"),
            INVALID_PAYLOAD,
            ErrorCode.WRONG_TYPE),
        bad(
            "many rules at once",
            replaced(command("ClearFault", "{}"), "60000", "\"x\""),
            INVALID_ENVELOPE,
            ErrorCode.WRONG_TYPE,
            ErrorCode.MISSING_FIELD),
        bad(
            "Avro: arguments that are not JSON",
            with(command -> command.setData("model")),
            INVALID_PAYLOAD,
            ErrorCode.NOT_JSON),
        bad(
            "Avro: arguments that break their schema",
            with(command -> command.setData("{}")),
            INVALID_PAYLOAD,
            ErrorCode.MISSING_FIELD),
        bad(
            "Avro: an unknown command",
            with(command -> command.setCommand("X")),
            INVALID_ENVELOPE,
            ErrorCode.UNKNOWN_VALUE));
  }

  static List<Bad> withoutAnAnswer() {
    byte[] avro = IngressExamples.bytes(IngressExamples.avroCommand());
    return List.of(
        bad("a command of no bytes", (byte[]) null, MALFORMED, ErrorCode.EMPTY),
        bad("a command that is cut", COMMAND.substring(0, 60), MALFORMED, ErrorCode.NOT_JSON),
        bad("a command that is an array", "[]", INVALID_ENVELOPE, ErrorCode.WRONG_TYPE),
        bad(
            "a command without an id",
            replaced(COMMAND, "\"id\":\"c-1\",", ""),
            INVALID_ENVELOPE,
            ErrorCode.MISSING_FIELD),
        bad(
            "a command with two ids",
            replaced(COMMAND, "{\"id\"", "{\"id\":\"c-0\",\"id\""),
            MALFORMED,
            ErrorCode.DUPLICATE_KEY),
        bad(
            "a command with half a character for an id",
            replaced(COMMAND, "c-1", "\\ud800"),
            MALFORMED,
            ErrorCode.LONE_SURROGATE),
        bad(
            "a command with an id of 65 characters",
            replaced(COMMAND, "c-1", "x".repeat(65)),
            INVALID_ENVELOPE,
            ErrorCode.TOO_LONG),
        bad(
            "a command with an ANSI id",
            replaced(COMMAND, "c-1", "\\u001b[0m"),
            INVALID_ENVELOPE,
            ErrorCode.CONTROL_CHARACTER),
        bad(
            "a command over 256 KiB",
            COMMAND + " ".repeat(256 * 1024),
            TOO_LARGE,
            ErrorCode.TOO_LARGE),
        bad(
            "Avro: a command that is cut",
            Arrays.copyOf(avro, avro.length - 1),
            MALFORMED,
            ErrorCode.NOT_AVRO),
        bad(
            "Avro: an event on commands",
            IngressExamples.bytes(IngressExamples.avroEvent()),
            MALFORMED,
            ErrorCode.UNKNOWN_SCHEMA));
  }

  private static byte[] with(Consumer<Command> change) {
    Command command = IngressExamples.avroCommand();
    change.accept(command);
    return IngressExamples.bytes(command);
  }
}
