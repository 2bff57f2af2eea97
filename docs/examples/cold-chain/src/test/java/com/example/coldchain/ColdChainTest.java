// SPDX-License-Identifier: Apache-2.0
package com.example.coldchain;

import static io.twinlog.extension.Given.event;
import static io.twinlog.extension.Given.given;
import static io.twinlog.extension.Given.sample;

import io.twinlog.domain.routing.Category;
import io.twinlog.extension.EventExample;
import io.twinlog.extension.SampleExample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdChainTest {
  private static final EventExample READING =
      event("truck.reading")
          .from("gateway-7", "truck-7")
          .payload(
              """
              {"truck": "truck-7", "sensors": {
                "front": {"celsius": -18.5, "humidity": 60, "dew_point": -24},
                "door":  {"celsius": -11, "humidity": 71}}}
              """);

  private static final SampleExample DEW_POINT =
      sample("dew_point", 7).of("truck-7-front", "CC-1").with("temperature", 6);

  @Test
  void takesAReading() {
    given(READING).whenReceived().thenAccepted().thenIsOf(Category.INTEGRATION);
  }

  @Test
  void rejectsASensorWithoutATemperature() {
    given(event("truck.reading").payload("{\"truck\": \"truck-7\", \"sensors\": {\"front\": {}}}"))
        .whenReceived()
        .thenRejected("data.payload.sensors.front.celsius", "missing_field");
  }

  @Test
  void makesTelemetryOfEachSensor() {
    given(READING)
        .when(new TruckReadings())
        .thenEmits(
            event("data.collected")
                .causation("e-1")
                .payload(
                    """
                    {"device_id": "truck-7-front",
                     "data": {"temperature": -18.5, "humidity": 60, "dew_point": -24}}
                    """),
            event("data.collected")
                .payload(
                    """
                    {"device_id": "truck-7-door", "data": {"temperature": -11, "humidity": 71}}
                    """));
  }

  @Test
  void stopsGatewaysWhoseFirmwareIsBeingTried() {
    given(READING.sourceVersion("2.0-beta"))
        .when(new BetaGateways())
        .thenIsStopped("firmware 2.0-beta is still being tried");
    given(READING.sourceVersion("1.9")).when(new BetaGateways()).thenPassesUnchanged();
    given(event("device.heartbeat").sourceVersion("2.0-beta"))
        .when(new BetaGateways())
        .thenPassesUnchanged();
  }

  @Test
  void findsADewPointAboveTheTemperature() {
    given(DEW_POINT).when(new DewPoint()).thenIsViolated("above the temperature, 6.0");
    given(DEW_POINT).when(new DewPoint(), Map.of("tolerance", "1")).thenIsSound();
    given(sample("dew_point", 7)).when(new DewPoint()).thenIsSound();
  }

  @Test
  void refusesSettingsThatTheCheckDoesNotHave() {
    given(Map.of("tolerance", "0.2")).when(new DewPoint()).thenAreSound();
    given(Map.of("tolerance", "some")).when(new DewPoint()).thenAreRefused("is some");
    given(Map.of("limit", "1")).when(new DewPoint()).thenAreRefused("there is no setting limit");
  }
}
