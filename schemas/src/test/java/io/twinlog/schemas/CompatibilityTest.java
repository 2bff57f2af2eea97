// SPDX-License-Identifier: Apache-2.0
package io.twinlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an earlier release wrote can be read, and an earlier release can read what is written today:
 * FULL_TRANSITIVE. With {@code -Dtwinlog.release=VERSION} it first writes today's schemas down as
 * those of that release.
 */
class CompatibilityTest {
  private static final Releases RELEASES = new Releases(Path.of("released"));

  @BeforeAll
  static void writesAReleaseWhereOneIsAskedFor() throws IOException {
    String version = System.getProperty("twinlog.release", "");
    if (!version.isEmpty()) {
      RELEASES.write(version, Releases.today());
    }
  }

  @Test
  void everyReleasedSchemaReadsTodaysAndIsReadByIt() throws IOException {
    Map<String, Schema> today = Releases.today();
    List<String> problems = new ArrayList<>();
    for (String version : RELEASES.versions()) {
      RELEASES
          .schemas(version)
          .forEach(
              (name, released) -> {
                if (today.containsKey(name)) {
                  Compatibility.problems(released, today.get(name))
                      .forEach(problem -> problems.add(version + " " + name + ": " + problem));
                } else {
                  problems.add(version + " " + name + ": no schema of this name is left");
                }
              });
    }

    assertThat(problems).isEmpty();
  }

  @Test
  void theIndexListsEverySchemaOfEveryRelease() throws IOException {
    assertThat(RELEASES.index()).isEqualTo(RELEASES.files());
  }

  @Test
  void noReleaseLacksARecordOfTheOneBefore() throws IOException {
    TreeSet<String> known = new TreeSet<>();
    for (String version : RELEASES.versions()) {
      known.addAll(RELEASES.schemas(version).keySet());

      assertThat(RELEASES.schemas(version)).as(version).containsOnlyKeys(known);
    }
  }

  @Test
  void theReleaseOfThisVersionIsWhatItWas() throws IOException {
    String version = System.getProperty("twinlog.version");
    if (RELEASES.versions().contains(version)) {
      assertThat(Releases.today())
          .as("the schemas have changed since " + version + ": raise the version")
          .isEqualTo(RELEASES.schemas(version));
    }
  }

  @Test
  void keepsWhatIsWrittenAsARelease(@TempDir Path directory) throws IOException {
    Releases releases = new Releases(directory);
    releases.write("0.9.0", Releases.today());
    releases.write("0.10.0", Releases.today());

    assertThat(releases.versions()).containsExactly("0.9.0", "0.10.0");
    assertThat(releases.index()).isEqualTo(releases.files()).hasSize(2 * Releases.today().size());
    assertThat(releases.schemas("0.9.0")).isEqualTo(Releases.today());
    assertThatThrownBy(() -> releases.write("0.9.0", Releases.today()))
        .hasMessageContaining("a release never changes");
  }

  @Test
  void takesAnOptionalFieldMoreOrLess() {
    Schema without = record("{'name':'a','type':'string'}");
    Schema with =
        record("{'name':'a','type':'string'},{'name':'b','type':['null','int'],'default':null}");

    assertThat(Compatibility.problems(without, with)).isEmpty();
    assertThat(Compatibility.problems(with, without)).isEmpty();
  }

  @Test
  void refusesARequiredFieldMoreOrLess() {
    Schema without = record("{'name':'a','type':'string'}");
    Schema with = record("{'name':'a','type':'string'},{'name':'b','type':'int'}");

    assertThat(Compatibility.problems(without, with)).hasSize(1);
    assertThat(Compatibility.problems(with, without)).hasSize(1);
  }

  @Test
  void refusesAChangedTypeAlsoWhereOneSideCouldReadIt() {
    Schema narrow = record("{'name':'a','type':'int'}");
    Schema wide = record("{'name':'a','type':'long'}");

    assertThat(Compatibility.problems(narrow, wide)).hasSize(1);
  }

  @Test
  void refusesASymbolMoreWithoutADefaultToReadItAs() {
    String closed = "{'name':'a','type':{'type':'enum','name':'E','symbols':['X'%s]}}";
    String open = "{'name':'a','type':{'type':'enum','name':'E','symbols':['X'%s],'default':'X'}}";

    assertThat(
            Compatibility.problems(record(closed.formatted("")), record(closed.formatted(",'Y'"))))
        .hasSize(1);
    assertThat(Compatibility.problems(record(open.formatted("")), record(open.formatted(",'Y'"))))
        .isEmpty();
  }

  @Test
  void refusesABranchMoreInAUnion() {
    Schema before = record("{'name':'a','type':['int','string']}");
    Schema after = record("{'name':'a','type':['int','string','boolean']}");

    assertThat(Compatibility.problems(before, after)).isNotEmpty();
  }

  @Test
  void refusesARenamedFieldThatAvroWouldLetPass() {
    Schema before = record("{'name':'a','type':'int','default':0}");
    Schema after = record("{'name':'b','aliases':['a'],'type':'int','default':0}");

    assertThat(Compatibility.problems(before, after))
        .containsExactly("b has an alias: a field is never renamed");
  }

  @Test
  void refusesAnotherLogicalTypeThatAvroWouldLetPass() {
    Schema before = record("{'name':'a','type':{'type':'long','logicalType':'timestamp-millis'}}");
    Schema after = record("{'name':'a','type':{'type':'long','logicalType':'timestamp-micros'}}");

    assertThat(Compatibility.problems(before, after))
        .containsExactly("a was of the logical type timestamp-millis, is of timestamp-micros");
  }

  private static Schema record(String fields) {
    String text = "{'type':'record','name':'R','fields':[" + fields + "]}";
    return new Schema.Parser().parse(text.replace('\'', '"'));
  }
}
