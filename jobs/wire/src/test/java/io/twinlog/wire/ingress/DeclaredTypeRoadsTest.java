// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import io.twinlog.wire.json.ExactJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever the schema of a declared type is: what the fast road takes, the slow one takes alike.
 */
class DeclaredTypeRoadsTest {
  private static final int SCHEMAS = 200;
  private static final int PAYLOADS = 60;

  private final SingleObject singleObject = new SingleObject();

  /** Both roads over one catalogue. */
  private final class Roads {
    private final FastEvents fast;
    private final EventDecoder slow;

    Roads(List<String> schemas) {
      List<EventType> types = new ArrayList<>();
      for (String schema : schemas) {
        types.add(EventType.of("factory.type_" + types.size(), "1", schema));
      }
      Catalogue catalogue = Catalogue.of(false, List.<EventTypeProvider>of(() -> types));
      fast = new FastEvents(catalogue, DecoderLimits.DEFAULT);
      slow = new EventDecoder(catalogue, DecoderLimits.DEFAULT);
    }

    /** Whether the fast road takes it; if it does, both have said the same. */
    boolean takes(int type, String payload) {
      byte[] value = event(type, payload);
      if (!fast.read(value, null)) {
        return false;
      }
      Decoded<Event> decoded = slow.decode(value, null);
      assertThat(decoded).as(new String(value, UTF_8)).isInstanceOf(Decoded.Valid.class);
      assertThat(fast.toAvro(false))
          .isEqualTo(singleObject.encode(((Decoded.Valid<Event>) decoded).value()));
      return true;
    }

    boolean slowTakes(int type, String payload) {
      return slow.decode(event(type, payload), null) instanceof Decoded.Valid;
    }

    private byte[] event(int type, String payload) {
      return ("{\"id\":\"e-1\",\"event_type\":\"factory.type_%d\",\"source\":{\"service_id\":\"s\",\"component_id\":\"c\"},\"timestamp\":0,\"data\":{\"payload\":%s}}"
              .formatted(type, payload))
          .getBytes(UTF_8);
    }
  }

  private Roads roads(String... schemas) {
    return new Roads(List.of(schemas).stream().map(s -> s.replace('\'', '"')).toList());
  }

  @Test
  void saysTheSameOnBothRoadsUnderAnySchema() {
    SchemaDice dice = new SchemaDice(17);
    List<String> schemas = new ArrayList<>();
    for (int i = 0; i < SCHEMAS; i++) {
      schemas.add(dice.schema());
    }
    Roads roads = new Roads(schemas);
    int taken = 0;
    int sound = 0;

    for (int type = 0; type < SCHEMAS; type++) {
      JsonNode schema = ExactJson.read(schemas.get(type));
      for (int i = 0; i < PAYLOADS; i++) {
        String payload = dice.payload(schema);
        boolean fast = roads.takes(type, payload);
        taken += fast ? 1 : 0;
        sound += fast || roads.slowTakes(type, payload) ? 1 : 0;
      }
    }

    // The test says something only where many are sound, and many of these go fast.
    assertThat(sound)
        .isGreaterThan(SCHEMAS * PAYLOADS / 10)
        .isLessThan(SCHEMAS * PAYLOADS * 9 / 10);
    assertThat(taken).isGreaterThan(sound / 4);
  }

  @Test
  void readsAReferenceInTheDocumentInWhichItStands() {
    Roads roads =
        roads(
            "{'$defs':{'id':{'type':'integer'}},'type':'object','properties':{"
                + "'own':{'$ref':'#/$defs/id'},"
                + "'shared':{'$ref':'urn:twinlog:catalogue:common#/$defs/metrics'}}}");

    assertThat(roads.takes(0, "{\"own\":7,\"shared\":{\"m\":1}}")).isTrue();
    assertThat(roads.takes(0, "{\"own\":\"x\"}")).isFalse();
    assertThat(roads.takes(0, "{\"shared\":{\"\":1}}")).isFalse();
  }

  @Test
  void takesClosedObjectsOnTheFastRoad() {
    Roads roads = roads("{'properties':{'a':true},'additionalProperties':false}");

    assertThat(roads.takes(0, "{\"a\":[]}")).isTrue();
    assertThat(roads.takes(0, "{\"b\":1}")).isFalse();
    assertThat(roads.slowTakes(0, "{\"b\":1}")).isFalse();
  }

  @Test
  void leavesSchemasThatReferToThemselvesToTheSlowRoad() {
    Roads roads =
        roads("{'$ref':'#/$defs/n','$defs':{'n':{'properties':{'n':{'$ref':'#/$defs/n'}}}}}");

    assertThat(roads.takes(0, "{\"n\":{}}")).isFalse();
    assertThat(roads.slowTakes(0, "{\"n\":{\"n\":{}}}")).isTrue();
  }
}
