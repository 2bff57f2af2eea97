// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.Scalar.Decimal;
import io.twinlog.domain.Scalar.Flag;
import io.twinlog.domain.Scalar.Text;
import io.twinlog.domain.Scalar.Whole;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Values, and the patches between them. */
class ValuesTest {
  private static final Values NORTH =
      Values.of(Map.of("site", new Text("north"), "floor", new Whole(3), "lit", new Flag(true)));

  private static SortedSet<String> names(String... names) {
    return new TreeSet<>(java.util.List.of(names));
  }

  @Test
  void areInTheOrderOfTheirNames() {
    assertThat(NORTH.entries().keySet()).containsExactly("floor", "lit", "site");
    assertThat(NORTH.size()).isEqualTo(3);
  }

  @Test
  void doNotChangeWithTheMapThatTheyWereMadeOf() {
    TreeMap<String, Scalar> map = new TreeMap<>();
    Values values = new Values(map);

    map.put("site", new Text("north"));

    assertThat(values).isEqualTo(Values.NONE);
    assertThatThrownBy(() -> values.entries().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void areSetAndRemovedByAPatch() {
    Patch patch = new Patch(Values.of(Map.of("floor", new Whole(4))), names("lit", "roof"));

    assertThat(NORTH.patched(patch))
        .isEqualTo(Values.of(Map.of("site", new Text("north"), "floor", new Whole(4))));
    assertThat(NORTH.size()).as("these stay").isEqualTo(3);
  }

  @Test
  void tellWhatAnotherDoesNotHoldAlike() {
    Values other = Values.of(Map.of("site", new Text("north"), "floor", new Decimal(3)));

    assertThat(NORTH.notIn(other))
        .isEqualTo(Values.of(Map.of("floor", new Whole(3), "lit", new Flag(true))));
    assertThat(NORTH.notIn(NORTH)).isEqualTo(Values.NONE);
    assertThat(Values.NONE.notIn(NORTH)).isEqualTo(Values.NONE);
  }

  @Test
  void giveThePatchThatTurnsThemIntoOthers() {
    Values south = Values.of(Map.of("site", new Text("south"), "floor", new Whole(3)));

    Patch patch = NORTH.patchTo(south);

    assertThat(patch)
        .isEqualTo(new Patch(Values.of(Map.of("site", new Text("south"))), names("lit")));
    assertThat(NORTH.patched(patch)).isEqualTo(south);
    assertThat(NORTH.patchTo(NORTH).isEmpty()).isTrue();
  }

  @Test
  void setByAPatchThatRemovesNothing() {
    assertThat(Values.NONE.patched(Patch.setting(NORTH))).isEqualTo(NORTH);
    assertThat(Patch.setting(NORTH).removed()).isEmpty();
  }

  @Test
  void arePatchedByNothingWhereThePatchIsEmpty() {
    assertThat(Patch.setting(Values.NONE).isEmpty()).isTrue();
    assertThat(Patch.setting(NORTH).isEmpty()).isFalse();
    assertThat(new Patch(Values.NONE, names("site")).isEmpty()).isFalse();
  }

  @Test
  void ofAPatchDoNotChangeWithTheSetThatItWasMadeOf() {
    SortedSet<String> removed = names("site");
    Patch patch = new Patch(Values.NONE, removed);

    removed.clear();

    assertThat(patch.removed()).containsExactly("site");
  }
}
