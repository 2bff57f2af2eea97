// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.twinlog.domain.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {
  private final TreeReader reader = new TreeReader(DecoderLimits.DEFAULT);
  private final Findings findings = new Findings();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\\ud83d\\ude00\":1}",
        "{}",
        "{ \"a\" : [ 1 , 2 ] }",
        "[]",
        "[ [ ], {} ]",
        "0",
        "-1",
        "-0.0",
        "1.50",
        "1E+3",
        "123456789012345678901234567890",
        "true",
        "false",
        "null",
        "\"\"",
        "\"text\"",
        "\"with \\\"quotes\\\" and \\\\ and \\u00e9 and \\ud83d\\ude00\"",
        "\"é€😀\"",
        "{\"é\":\"😀\",\"\\u0061\":1}",
        "{\n\t\"deep\": {\"er\": [{\"x\": null}]}\r\n}"
      })
  void keepsTheExactBytesOfThePayload(String payload) throws IOException {
    for (String form :
        new String[] {
          "{\"data\":{\"payload\":%s}}",
          "{\"data\":{\"payload\":%s,\"encoding\":\"JSON\"},\"x\":1}",
          " \n{\"é\":\"😀\", \"data\" : { \"a\" : [1,{\"payload\":3}] ,\"payload\"  : \n %s \t , \"b\":2 } } \n",
          "{\"payload\":7,\"data\":{\"payload\":%s }}"
        }) {
      byte[] bytes = bytes(String.format(form, payload));

      Document document = reader.json(bytes, Part.EVENT, findings).orElseThrow();

      assertThat(new String(document.kept(), StandardCharsets.UTF_8)).isEqualTo(payload);
      assertThat(document.root().get("data").get("payload").toString())
          .isEqualTo(new ObjectMapper().readTree(payload).toString());
      assertThat(findings.all()).isEmpty();
    }
  }

  @Test
  void keepsThePayloadOfALongDocument() {
    String payload = "{\"text\":\"" + "é".repeat(30_000) + "\",\"n\":1}";
    byte[] bytes =
        bytes("{\"x\":\"" + "y".repeat(20_000) + "\",\"data\":{\"payload\":" + payload + "}}");

    Document document = reader.json(bytes, Part.EVENT, findings).orElseThrow();

    assertThat(new String(document.kept(), StandardCharsets.UTF_8)).isEqualTo(payload);
  }

  @Test
  void keepsTheFirstOfTwoPayloads() {
    Document document =
        reader
            .json(bytes("{\"data\":{\"payload\":1,\"payload\":2}}"), Part.EVENT, findings)
            .orElseThrow();

    assertThat(document.kept()).isEqualTo(bytes("1"));
    assertThat(codes()).containsExactly("duplicate_key@data.payload");
  }

  @Test
  void findsEveryKindOfFaultInOneDocument() {
    String long129 = "n".repeat(129);
    reader.json(
        bytes(
            "{\"a\":[{\"b\":1,\"b\":2},\"\\ud800\",1e9999],\""
                + long129
                + "\":1,\"s\":\""
                + "x".repeat(65_537)
                + "\"}"),
        Part.EVENT,
        findings);

    assertThat(codes())
        .containsExactly(
            "duplicate_key@a.0.b",
            "lone_surrogate@a.1",
            "not_finite@a.2",
            "too_long@" + "n".repeat(63) + "…",
            "too_long@s");
  }

  @Test
  void refusesHalfASurrogatePairInAKey() {
    assertThat(reader.json(bytes("{\"a\\ud800b\":0}"), Part.EVENT, findings)).isEmpty();

    assertThat(codes()).containsExactly("not_json@");
  }

  @Test
  void readsAsDeepAsTheLimitAndNoDeeper() {
    assertThat(reader.json(nested(32), Part.EVENT, findings)).isPresent();
    assertThat(findings.isEmpty()).isTrue();

    reader.json(nested(33), Part.EVENT, findings);
    assertThat(findings.all()).extracting(Reason::code).containsExactly("too_deep");
  }

  @Test
  void survivesTheDeepestDocumentThatFits() {
    reader.json(nested(128 * 1024), Part.EVENT, findings);

    assertThat(findings.all()).extracting(Reason::code).containsExactly("too_deep");
  }

  @Test
  void countsCodePointsNotCharacters() {
    reader.json(bytes("{\"" + "😀".repeat(128) + "\":1}"), Part.EVENT, findings);

    assertThat(findings.all()).isEmpty();
  }

  @Test
  void boundsTheErrorsOfADocumentThatIsFullOfThem() {
    reader.json(bytes("[" + "\"\\ud800\",".repeat(20_000) + "1]"), Part.EVENT, findings);

    assertThat(findings.all()).hasSize(Findings.LISTED_MAX + 1);
    assertThat(findings.all().get(Findings.LISTED_MAX))
        .isEqualTo(new Reason("more_errors", "", "19900 more errors are not listed"));
  }

  @Test
  void readsCborAsTheSameTree() throws IOException {
    String json = "{\"a\":[1,-2,3.5,true,null,\"é😀\"],\"b\":{\"c\":12345678901}}";
    JsonNode tree = new ObjectMapper().readTree(json);

    Document document =
        reader
            .cbor(new CBORMapper().writeValueAsBytes(tree), Part.EVENT_PAYLOAD, findings)
            .orElseThrow();

    assertThat(document.root().toString()).isEqualTo(json);
  }

  @Test
  void refusesInCborWhatJsonCannotSay() {
    byte[] nanAndBytes = {
      (byte) 0xA2, 0x61, 'n', (byte) 0xF9, 0x7E, 0x00, 0x61, 'b', 0x42, 0x01, 0x02
    };

    reader.cbor(nanAndBytes, Part.EVENT_PAYLOAD, findings);

    assertThat(codes()).containsExactly("not_finite@data.payload.n", "wrong_type@data.payload.b");
  }

  @Test
  void refusesDoubledKeysInCbor() {
    byte[] doubled = {(byte) 0xA2, 0x61, 'a', 0x01, 0x61, 'a', 0x02};

    reader.cbor(doubled, Part.EVENT_PAYLOAD, findings);

    assertThat(codes()).containsExactly("duplicate_key@data.payload.a");
  }

  private static byte[] nested(int depth) {
    return bytes("[".repeat(depth) + "]".repeat(depth));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> codes() {
    return findings.all().stream().map(reason -> reason.code() + '@' + reason.path()).toList();
  }
}
