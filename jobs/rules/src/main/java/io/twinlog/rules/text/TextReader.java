// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

import io.twinlog.rules.text.Node.Field;
import io.twinlog.rules.text.Node.Fields;
import io.twinlog.rules.text.Node.Items;
import io.twinlog.rules.text.Node.Text;
import io.twinlog.rules.text.ScalarSource.Style;
import io.twinlog.rules.text.TextProblems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Reads YAML 1.2, and so JSON, into a tree: one document, without anchors, aliases and tags,
 * without doubled keys, within a depth. It goes on behind what is wrong, as far as it can.
 */
public final class TextReader {
  /** Lists and fields inside one another. */
  public static final int DEPTH_MAX = 32;

  private final int[] characters;
  private final List<Problem> problems = new ArrayList<>();
  private final Iterator<Event> events;
  private Place reached = Place.WHOLE;

  private TextReader(String text) {
    this.characters = text.codePoints().toArray();
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(Math.max(1, characters.length))
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * What a text says.
   *
   * @param root empty: nothing can be made of it, and problems say why
   * @param problems in the order in which they were found
   */
  public record Reading(Optional<Node> root, List<Problem> problems) {}

  /** Reads a text; never throws. */
  public static Reading read(String text) {
    TextReader reader = new TextReader(prepared(text));
    try {
      reader.refuseInvisible();
      return reader.document();
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(TextReader::place).orElse(Place.WHOLE);
      reader.problems.add(TextProblems.syntax(place, e));
    } catch (ReaderException e) {
      reader.problems.add(TextProblems.unprintable(reader.placeOf(e.getPosition()), e));
    } catch (Unreadable e) {
      reader.problems.add(e.problem);
    } catch (RuntimeException e) {
      // The parser throws others, too: of an escape whose number is none of a character.
      reader.problems.add(TextProblems.unreadable(reader.reached));
    }
    return new Reading(Optional.empty(), reader.problems);
  }

  /** What a terminal or an editor obeys, and does not show: a document can be told by its looks. */
  private void refuseInvisible() {
    for (int i = 0; i < characters.length; i++) {
      int type = Character.getType(characters[i]);
      if (type == Character.FORMAT
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        throw new Unreadable(TextProblems.invisible(placeOf(i), characters[i]));
      }
    }
  }

  /** A byte order mark is no content. Tabs may indent JSON. */
  private static String prepared(String text) {
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String start = bare.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? JsonTabs.toSpaces(bare) : bare;
  }

  /** Ends the reading. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Unreadable(Problem problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }
  }

  private Reading document() {
    Optional<Node> root = Optional.empty();
    int documents = 0;
    while (events.hasNext()) {
      Event event = next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        documents++;
        if (documents > 1) {
          problems.add(TextProblems.secondDocument(start(event)));
          break;
        }
        root = Optional.of(node(next(), 0));
      }
    }
    if (root.isEmpty()) {
      problems.add(TextProblems.nothing());
    }
    return new Reading(root, problems);
  }

  private Event next() {
    Event event = events.next();
    reached = event.getEndMark().map(TextReader::place).orElse(reached);
    return event;
  }

  private Node node(Event event, int depth) {
    Place place = start(event);
    refuseReferences(event, place);
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), place);
      return text(scalar);
    }
    if (event instanceof AliasEvent) {
      return new Items(place, List.of());
    }
    if (depth == DEPTH_MAX) {
      throw new Unreadable(TextProblems.tooDeep(place));
    }
    refuseTag(((CollectionStartEvent) event).getTag(), place);
    return event instanceof MappingStartEvent ? fields(place, depth + 1) : items(place, depth + 1);
  }

  private Items items(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    Event event = next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, depth));
      event = next();
    }
    return new Items(place, items);
  }

  private Fields fields(Place place, int depth) {
    List<Field> fields = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    Event event = next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Node key = node(event, depth);
      Node value = node(next(), depth);
      if (!(key instanceof Text name)) {
        problems.add(TextProblems.key(key.place()));
      } else if (seen.containsKey(name.value())) {
        problems.add(TextProblems.twice(name, seen.get(name.value())));
      } else {
        seen.put(name.value(), name.place());
        fields.add(new Field(name, value));
      }
      event = next();
    }
    return new Fields(place, fields);
  }

  private void refuseReferences(Event event, Place place) {
    if (event instanceof AliasEvent) {
      problems.add(TextProblems.reference(place, "an alias (*)"));
    } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      problems.add(TextProblems.reference(place, "an anchor (&)"));
    }
  }

  private void refuseTag(Optional<String> tag, Place place) {
    tag.ifPresent(name -> problems.add(TextProblems.tag(place, name)));
  }

  private Text text(ScalarEvent scalar) {
    Style style =
        switch (scalar.getScalarStyle()) {
          case PLAIN -> Style.PLAIN;
          case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
          case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
          case LITERAL, FOLDED -> Style.BLOCK;
        };
    Mark mark = scalar.getStartMark().orElseThrow();
    Text text =
        new Text(
            place(mark),
            scalar.getValue(),
            style == Style.PLAIN,
            new ScalarSource(characters, mark.getIndex(), place(mark), style));
    if (hasLoneSurrogate(text.value())) {
      problems.add(TextProblems.halfCharacter(text.place()));
    }
    return text;
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static Place start(Event event) {
    return event.getStartMark().map(TextReader::place).orElse(Place.WHOLE);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Place placeOf(int position) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(position, characters.length); i++) {
      boolean end = characters[i] == '\n';
      line += end ? 1 : 0;
      column = end ? 1 : column + 1;
    }
    return new Place(line, column);
  }
}
