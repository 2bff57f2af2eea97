// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;
import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jar may say of event types of its own, and what is refused, and how. */
class DeclaredTypesTest {
  private static final String ANY = "{\"type\":\"object\"}";

  private record First(List<EventType> eventTypes) implements EventTypeProvider {
    First(EventType... types) {
      this(List.of(types));
    }
  }

  private record Second(List<EventType> eventTypes) implements EventTypeProvider {
    Second(EventType... types) {
      this(List.of(types));
    }
  }

  private static Catalogue catalogue(EventTypeProvider... providers) {
    return Catalogue.of(false, List.of(providers));
  }

  private static Catalogue ofSchema(String schema) {
    return catalogue(new First(EventType.of("factory.setpoint", "1", schema.replace('\'', '"'))));
  }

  private static Decoded<Event> decode(Catalogue catalogue, String type, String payload) {
    String event =
        "{'id':'e-1','event_type':'%s','source':{'service_id':'s','component_id':'c'},'timestamp':0,'data':{'payload':%s}}"
            .formatted(type, payload)
            .replace('\'', '"');
    return new EventDecoder(catalogue, DecoderLimits.DEFAULT).decode(event.getBytes(UTF_8), null);
  }

  private static List<Reason> errors(Catalogue catalogue, String payload) {
    return decode(catalogue, "factory.setpoint", payload)
            instanceof Decoded.Rejected<Event> rejected
        ? rejected.errors()
        : List.of();
  }

  @Test
  void checksPayloadsOfADeclaredType() {
    Catalogue catalogue = ofSchema("{'type':'object','required':['celsius']}");

    assertThat(errors(catalogue, "{'celsius':1}")).isEmpty();
    assertThat(errors(catalogue, "{}"))
        .containsExactly(
            new Reason("missing_field", "data.payload.celsius", "is required and is not there"));
  }

  @Test
  void letsASchemaReferToWhatTwinlogsOwnShare() {
    Catalogue catalogue =
        ofSchema("{'properties':{'machine':{'$ref':'urn:twinlog:catalogue:common#/$defs/id'}}}");

    assertThat(errors(catalogue, "{'machine':''}"))
        .extracting(Reason::path)
        .containsExactly("data.payload.machine");
  }

  @Test
  void takesAStrictCatalogueForADeclaredType() {
    Catalogue strict =
        Catalogue.of(true, List.of(new First(EventType.of("factory.setpoint", "1", ANY))));

    assertThat(decode(strict, "factory.setpoint", "{}")).isInstanceOf(Decoded.Valid.class);
    assertThat(decode(strict, "factory.other", "{}")).isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void keepsTheCategoriesThatAreDeclared() {
    Catalogue catalogue =
        catalogue(
            new First(
                EventType.of("factory.setpoint", "1", ANY).in(Category.DOMAIN),
                EventType.of("factory.setpoint", "2", ANY).in(Category.DOMAIN)),
            new Second(EventType.of("factory.shift", "1", ANY)));

    assertThat(catalogue.declaredCategories())
        .containsExactly(java.util.Map.entry("factory.setpoint", Category.DOMAIN));
    assertThat(catalogue.eventTypes()).contains("factory.setpoint", "factory.shift");
  }

  @Test
  void refusesAVersionThatTwoJarsDeclareNamingBoth() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                catalogue(
                    new First(EventType.of("factory.setpoint", "1", ANY)),
                    new Second(EventType.of("factory.setpoint", "1", ANY))))
        .withMessage(
            "event type factory.setpoint, version 1, of %s: %s has it, too",
            Second.class.getName(), First.class.getName());
  }

  @Test
  void refusesTwoCategoriesOfATypeNamingBoth() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                catalogue(
                    new First(EventType.of("factory.setpoint", "1", ANY).in(Category.DOMAIN)),
                    new Second(EventType.of("factory.setpoint", "2", ANY).in(Category.USER))))
        .withMessageContainingAll(
            "is USER, but", "is DOMAIN", First.class.getName(), Second.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"device.setpoint", "data.collected", "system.error", "recovery.x"})
  void refusesATypeOfTwinlogsOwn(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue(new First(EventType.of(type, "1", ANY))))
        .withMessageContainingAll(type, First.class.getName(), "are Twinlog's own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"factory", "Factory.setpoint", "factory.*", "factory.set-point", ""})
  void refusesATypeThatNoEventCanHave(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue(new First(EventType.of(type, "1", ANY))))
        .withMessageContaining("a type is two or more segments");
  }

  @Test
  void saysWhoCannotTellItsTypes() {
    EventTypeProvider broken =
        () -> {
          throw new IllegalStateException("no file");
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue(broken))
        .withMessageContainingAll(broken.getClass().getName(), "no file");
  }

  @Test
  void saysWhatIsWrongWithASchema() {
    refuses("{", "it is no JSON", "line 1");
    refuses("[]", "must be an object");
    refuses("{'type':'strng'}", "type: must be one of [\"array\"");
    refuses("{'properties':{'a':{'minLength':'x'}}}", "properties.a.minLength: must be of type");
    refuses("{'properties':{'a':{'pattern':'('}}}", "Unclosed group");
    refuses("{'$ref':'#/$defs/missing'}", "/$defs/missing");
    refuses("{'$ref':'https://example.com/a.json'}", "https://example.com/a.json leads out of it");
    refuses("{'$ref':'classpath:/catalogue/common.json'}", "leads out of it");
    refuses("{'$schema':'http://json-schema.org/draft-07/schema#'}", "draft-07", "2020-12");
    refuses("{'$id':'urn:twinlog:catalogue:common'}", "$id begins with urn:twinlog:");
  }

  private static void refuses(String schema, String... told) {
    assertThatIllegalArgumentException()
        .as(schema)
        .isThrownBy(() -> ofSchema(schema))
        .withMessageStartingWith(
            "the schema of event type factory.setpoint, version 1, of %s is not sound: ",
            First.class.getName())
        .withMessageContainingAll(told);
  }

  @Test
  void saysWhichAvroSchemaIsNotSound() {
    First unsound = new First(EventType.of("factory.setpoint", "1", ANY).withAvro("{}"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue(unsound))
        .withMessageContainingAll("an Avro schema of event type factory.setpoint", "No type");
  }

  /** The words are ours, whatever keyword is broken, and in whatever language the machine is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'properties':{'a':false}}",
        "{'not':{'required':['a']}}",
        "{'oneOf':[{'required':['a']},{'required':['a']}]}",
        "{'if':{'required':['a']},'then':{'required':['b']}}",
        "{'unevaluatedProperties':false}",
        "{'dependentRequired':{'a':['z']}}",
        "{'propertyNames':{'pattern':'^x'}}",
        "{'propertyNames':false}",
        "{'properties':{'a':{'const':5}}}",
        "{'properties':{'a':{'exclusiveMinimum':7}}}",
        "{'properties':{'a':{'multipleOf':2}}}",
        "{'additionalProperties':false}",
        "{'required':['b']}"
      })
  void tellsTheBreachOfAnyKeyword(String schema) {
    Locale before = Locale.getDefault();
    try {
      List<Reason> here = errors(ofSchema(schema), "{'a':7}");
      Locale.setDefault(Locale.GERMANY);

      assertThat(errors(ofSchema(schema), "{'a':7}")).isNotEmpty().isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void tellsWhatRuleAKeyBreaks() {
    assertThat(errors(ofSchema("{'propertyNames':{'pattern':'^x'}}"), "{'a':1}"))
        .containsExactly(
            new Reason(
                "schema_violation",
                "data.payload.a",
                "a key must keep the rule {\"pattern\":\"^x\"}, this is \"a\""));
  }

  /** Java's patterns recurse; what is too much for them must not end a job. */
  @Test
  void rejectsWhatAPatternCannotBear() {
    Catalogue catalogue = ofSchema("{'properties':{'a':{'pattern':'^(x|y)*$'}}}");

    assertThat(errors(catalogue, "{'a':'" + "xy".repeat(30_000) + "'}"))
        .containsExactly(
            new Reason(
                "schema_violation",
                "data.payload",
                "its schema cannot be applied to it: StackOverflowError"));
  }
}
