// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceNamesTest {
  private static final String[] PIECES = {
    "a", "B", "7", "-", "/", "//", ":", "%", "%2", "%20", "%25", "%2F", "%c3%a9", "%C3%A9", "%FF",
    " ", "é", "😀", "?", "#", "[", "]", "@", "https:", "<", "\\"
  };

  private final Random random = new Random(20_261_201);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gw-1                  | gw-1",
        "https://x.example/a/7 | https://x.example/a/7",
        "plant 7/gw 1          | plant%207/gw%201",
        "Gerät                 | Ger%C3%A4t",
        "1:b                   | 1%3Ab",
        "50%                   | 50%25",
        "a%20b                 | a%2520b",
        "a%2Fb                 | a%2Fb",
        "https://x/a%20b       | https://x/a%20b",
      })
  void writesAnIdAsTheUriThatIsReadAsThatId(String id, String uri) {
    assertThat(SourceNames.uri(id)).isEqualTo(uri);
    assertThat(SourceNames.id(uri)).isEqualTo(id);
  }

  @Test
  void readsHexadecimalDigitsInEitherCase() {
    assertThat(SourceNames.id("Ger%c3%a4t")).isEqualTo("Gerät");
  }

  @Test
  void givesEachIdAUriOfItsOwn() {
    for (int i = 0; i < 10_000; i++) {
      String id = pieces();
      String uri = SourceNames.uri(id);
      assertThat(UriReference.of(uri)).as(uri).isPresent();
      assertThat(SourceNames.id(uri)).as(uri).isEqualTo(id);
    }
  }

  @Test
  void givesEachUriBack() {
    int uris = 0;
    for (int i = 0; i < 10_000; i++) {
      String uri = pieces();
      if (UriReference.of(uri).isPresent()) {
        uris++;
        assertThat(SourceNames.uri(SourceNames.id(uri))).as(uri).isEqualToIgnoringCase(uri);
      }
    }
    assertThat(uris).isGreaterThan(1_000);
  }

  @Test
  void doesNotLoseItselfInWhatIsEncodedAgainAndAgain() {
    String deep = "%" + "25".repeat(30_000) + "20";

    assertThat(SourceNames.id(deep)).isEqualTo(deep);
    assertThat(SourceNames.id("%" + "25".repeat(600) + "20")).isNotEmpty();
  }

  private String pieces() {
    StringBuilder text = new StringBuilder();
    for (int count = 1 + random.nextInt(5); count > 0; count--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
