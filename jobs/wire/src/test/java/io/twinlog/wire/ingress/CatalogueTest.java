// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.domain.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Catalogue CATALOGUE = new Catalogue(false);

  @Test
  void knowsEveryTypeAndCommandThatIsPromised() {
    assertThat(CATALOGUE.eventTypes())
        .containsExactly(
            "data.collected",
            "data.processed",
            "device.configuration_reported",
            "device.decommissioned",
            "device.error",
            "device.heartbeat",
            "device.offline",
            "device.online",
            "device.recovered",
            "device.registered",
            "device.status_changed",
            "health.check",
            "recovery.failed",
            "recovery.succeeded",
            "service.started",
            "service.stopped",
            "system.error");
    assertThat(CATALOGUE.commands())
        .containsExactly(
            "AcknowledgeAlert",
            "AssignAlert",
            "ClearFault",
            "ConfigureDevice",
            "DecommissionDevice",
            "DiscardDeadLetter",
            "DiscardParked",
            "RedriveDeadLetter",
            "RedriveParked",
            "RegisterDevice",
            "ReportFault",
            "ResolveAlert",
            "SetAttributes",
            "SilenceAlerts",
            "SnoozeAlert");
  }

  @Test
  void takesFullPayloadsOfEveryType() throws IOException {
    for (String line :
        List.of(
            "device.registered {'device_id':'d','model':'m','firmware':'f','attributes':{'a':1,'b':'x','c':true},'heartbeat_interval_ms':1000,'timeout_ms':5000}",
            "device.offline {'device_id':'d','reason':'last will'}",
            "device.status_changed {'device_id':'d','status':'offline'}",
            "device.error {'device_id':'d','error':{'code':'c','severity':'low','message':'m'}}",
            "device.recovered {'device_id':'d'}",
            "device.configuration_reported {'device_id':'d','configuration':{}}",
            "device.decommissioned {'device_id':'d','reason':''}",
            "data.collected {'device_id':'d','data':{'t':1.5,'s':'x','b':false}}",
            "data.processed {'device_id':'d','data_id':'d/e-1','result':null}",
            "service.started {'service_id':'s','service_info':{'name':'n','endpoint':'http://h:1','version':'1','interval_ms':1000}}",
            "service.stopped {'service_id':'s'}",
            "health.check {'service_id':'s','status':'degraded'}",
            "system.error {'error':{'message':'m'},'labels':{'a':'b'}}",
            "recovery.succeeded {'recovery_id':'r'}")) {
      String[] parts = line.split(" ", 2);
      assertThat(check(parts[0], parts[1])).as(line).isEmpty();
    }
  }

  @Test
  void tellsViolationsInTheOrderOfTheirPaths() throws IOException {
    String payload =
        "{'model':'','timeout_ms':1.5,'attributes':{'b':[],'a\\n':1},'firmware':'f\\n'}";

    assertThat(check("device.registered", payload))
        .containsExactly(
            new Reason(
                "control_character",
                "data.payload.attributes.a\\u000a",
                "a key must be 1 to 128 characters without control characters, this is"
                    + " \"a\\u000a\""),
            new Reason(
                "wrong_type",
                "data.payload.attributes.b",
                "must be of type [\"string\",\"number\",\"boolean\"], is an array"),
            new Reason(
                "control_character",
                "data.payload.firmware",
                "must not hold control characters, is \"f\\u000a\""),
            new Reason(
                "too_short", "data.payload.model", "must have at least 1 characters, is \"\""),
            new Reason("wrong_type", "data.payload.timeout_ms", "must be of type integer, is 1.5"));
  }

  @Test
  void speaksTheSameInEveryLanguage() throws IOException {
    Locale before = Locale.getDefault();
    try {
      List<Reason> here = check("device.registered", "{'model':7}");
      Locale.setDefault(Locale.GERMANY);
      assertThat(check("device.registered", "{'model':7}")).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<Reason> check(String type, String payload) throws IOException {
    Findings findings = new Findings();
    JsonNode tree = new ObjectMapper().readTree(payload.replace('\'', '"'));
    CATALOGUE.versions(type).get("1").check(tree, Part.EVENT_PAYLOAD, findings);
    return findings.all();
  }
}
