// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Scalar.Decimal;
import io.twinlog.domain.Scalar.Flag;
import io.twinlog.domain.Scalar.Text;
import io.twinlog.domain.Scalar.Whole;
import io.twinlog.domain.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScalarsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  @Test
  void readsEachKindOfScalar() throws Exception {
    Values values = Scalars.values(json("{\"t\":\"x\",\"w\":21,\"d\":21.5,\"f\":true}"));

    assertThat(values.entries())
        .isEqualTo(
            Map.of("t", new Text("x"), "w", new Whole(21), "d", new Decimal(21.5), "f", flag()));
  }

  @Test
  void takesWholeNumbersForIntegersHoweverTheyAreWritten() throws Exception {
    for (String number : List.of("21", "21.0", "2.1e1", "210e-1")) {
      assertThat(Scalars.values(json("{\"a\":" + number + "}")).entries())
          .containsEntry("a", new Whole(21));
    }
    assertThat(Scalars.values(json("{\"a\":-0.0}")).entries()).containsEntry("a", new Whole(0));
  }

  @Test
  void keepsNumbersBeyondExactIntegersAsTheyAre() throws Exception {
    assertThat(Scalars.values(json("{\"a\":1e300}")).entries())
        .containsEntry("a", new Decimal(1e300));
    assertThat(Scalars.values(json("{\"a\":9223372036854775807}")).entries())
        .containsEntry("a", new Whole(Long.MAX_VALUE));
    assertThat(Scalars.values(json("{\"a\":9223372036854775808}")).entries())
        .containsEntry("a", new Decimal(9.223372036854776E18));
  }

  @Test
  void takesNoObjectForNoValues() {
    assertThat(Scalars.values(null)).isEqualTo(Values.NONE);
  }

  @Test
  void refusesWhatIsNoScalar() throws Exception {
    JsonNode nested = json("{\"a\":{}}");

    assertThatIllegalArgumentException().isThrownBy(() -> Scalars.values(nested));
  }

  @Test
  void removesWhatAPatchSetsToNull() throws Exception {
    Patch patch = Scalars.patch(json("{\"a\":null,\"b\":1}"));

    assertThat(patch)
        .isEqualTo(new Patch(Values.of(Map.of("b", new Whole(1))), new TreeSet<>(List.of("a"))));
    assertThat(Scalars.patchOf(Scalars.toAvro(patch))).isEqualTo(patch);
  }

  @Test
  void writesNamesInTheirOrderWhateverTheOrderOfInsertion() {
    Map<String, Scalar> forth = new LinkedHashMap<>();
    Map<String, Scalar> back = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      forth.put("n" + i, new Whole(i));
      back.put("n" + (49 - i), new Whole(49 - i));
    }

    assertThat(Scalars.toAvro(Values.of(forth)).keySet())
        .containsExactlyElementsOf(forth.keySet().stream().sorted().toList());
    assertThat(Scalars.toAvro(Values.of(back)).keySet())
        .containsExactlyElementsOf(forth.keySet().stream().sorted().toList());
  }

  @Test
  void hasARuleForEachKind() {
    Values values =
        Values.of(
            Map.of("t", new Text(""), "w", new Whole(-1), "d", new Decimal(0.1), "f", flag()));

    assertThat(Scalar.class.getPermittedSubclasses()).hasSize(values.size());
    assertThat(Scalars.valuesOf(Scalars.toAvro(values))).isEqualTo(values);
  }

  private static Scalar flag() {
    return new Flag(true);
  }
}
