// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

import io.twinlog.rules.text.Node.Text;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** What can be wrong with a text before anybody asks what it means. */
public final class TextProblems {
  /** Kinds of it. */
  public enum Kind {
    NOT_YAML,
    NOT_SUPPORTED,
    DUPLICATE_KEY,
    TOO_DEEP,
    EMPTY
  }

  /** One thing that is wrong. */
  public record Problem(Kind kind, Place place, String message) {}

  private TextProblems() {}

  static Problem syntax(Place place, MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? "it cannot be read" : e.getProblem();
    String told = problem.replaceAll("\\p{Cntrl}", " ");
    String context = e.getContext() == null ? "" : e.getContext();
    if (context.contains("scanning a tag")) {
      return new Problem(Kind.NOT_YAML, place, "put a text that begins with ! in quotes");
    }
    return new Problem(
        Kind.NOT_YAML,
        place,
        told.contains("TAB") ? "a tab cannot indent: use spaces" : hinted(told));
  }

  private static String hinted(String told) {
    if (told.contains("mapping values are not allowed")) {
      return "a colon may not stand here: put a text that holds ': ' in quotes";
    }
    if (told.contains("cannot start any token")) {
      return told + ": put the text in quotes";
    }
    if (told.contains("expected <block end>")) {
      return told + ": look at the indentation";
    }
    return told.startsWith("expected ',' or")
        ? told + ": a bracket before this is not closed"
        : told;
  }

  /** Of what the parser cannot name itself. */
  static Problem unreadable(Place reached) {
    return new Problem(
        Kind.NOT_YAML,
        reached,
        "what follows here cannot be read: is the number behind a \\x, \\u or \\U one of a character?");
  }

  static Problem unprintable(Place place, ReaderException e) {
    return character(place, e.getCodePoint(), "");
  }

  static Problem invisible(Place place, int character) {
    return character(place, character, String.format(": write it as \"\\u%04X\"", character));
  }

  private static Problem character(Place place, int character, String hint) {
    return new Problem(
        Kind.NOT_YAML,
        place,
        String.format("the character U+%04X may not stand here%s", character, hint));
  }

  static Problem secondDocument(Place place) {
    return new Problem(
        Kind.NOT_SUPPORTED, place, "a second document begins here; one text is one document");
  }

  static Problem nothing() {
    return new Problem(
        Kind.EMPTY, new Place(1, 1), "the document is empty; {} is one that sets nothing");
  }

  static Problem tooDeep(Place place) {
    return new Problem(
        Kind.TOO_DEEP,
        place,
        "lists and fields are nested deeper than " + TextReader.DEPTH_MAX + " levels");
  }

  static Problem key(Place place) {
    return new Problem(Kind.NOT_YAML, place, "a key must be a text");
  }

  static Problem twice(Text key, Place first) {
    return new Problem(
        Kind.DUPLICATE_KEY,
        key.place(),
        "'" + key.value() + "' stands here twice, first in line " + first.line());
  }

  static Problem reference(Place place, String what) {
    return new Problem(
        Kind.NOT_SUPPORTED, place, what + " may not stand here: write the value out");
  }

  static Problem tag(Place place, String name) {
    return new Problem(
        Kind.NOT_SUPPORTED,
        place,
        "a tag (" + name + ") may not stand here: put a text that begins with ! in quotes");
  }

  static Problem halfCharacter(Place place) {
    return new Problem(Kind.NOT_YAML, place, "the text holds one half of a surrogate pair");
  }
}
