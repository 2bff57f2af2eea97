// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriReferenceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gw-1",
        "/sensors/tn-1234567/alerts",
        "1-555-123-4567",
        "mailto:cncf-wg-serverless@lists.cncf.io",
        "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
        "https://user:pw@example.com:8080/a//b;c=d,e/@:!$&'()*+?q=/?#f?/",
        "ldap://[2001:db8::7]/c=GB?objectClass?one",
        "//[::1]:1883/x",
        "//gw-1/d-1",
        "tel:+1-816-555-1212",
        "a%20b%C3%A9",
        "./a:b",
        "?a:b",
        "#a:b"
      })
  void takesWhatTheGrammarTakes(String text) {
    assertThat(UriReference.of(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a b",
        "é",
        "a%2",
        "a%zz",
        "a\\b",
        "<img>",
        "1:b",
        ":b",
        "a_b:c",
        "//host:port/",
        "//a:1:2",
        "//[::1/x",
        "//a@b@c",
        "a[1]",
        "#a#b",
        "{id}",
        "a\nb"
      })
  void refusesWhatTheGrammarDoesNot(String text) {
    assertThat(UriReference.of(text)).isEmpty();
  }

  @Test
  void tellsThePartsAsTheyAreWritten() {
    assertThat(UriReference.of("https://h:1/a/b?q#f"))
        .contains(new UriReference("https", "/a/b", 11, false));
    assertThat(UriReference.of("urn:a:b/c")).contains(new UriReference("urn", "a:b/c", 4, true));
    assertThat(UriReference.of("//h")).contains(new UriReference("", "", 3, true));
    assertThat(UriReference.of("a/b:c")).contains(new UriReference("", "a/b:c", 0, true));
  }
}
