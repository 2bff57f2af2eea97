// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import static io.twinlog.local.fleet.core.FleetRecording.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.local.fleet.core.FleetMessage.Kind;
import io.twinlog.schemas.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What sensors report, against the truth about them and against the same fleet with sound ones. */
class SensorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOUND = "stuck=0,drift=0,dropouts=0,spikes=0";

  /** One reading of one metric; NaN: there is none. */
  private record Reading(Instant at, double reported, double actual) {}

  @Test
  void readsTheTruthButWhereTheTruthSaysWhatIsWrong() throws IOException {
    FleetRecording wrong =
        FleetRecording.of(
            plan(40, 40, "stuck=0.004,drift=0.004,dropouts=0.004,spikes=0.004"), 20_000);
    FleetRecording sound = FleetRecording.of(plan(40, 40, SOUND), 20_000);
    Map<String, List<Reading>> readings = readings(wrong, sound);

    for (String kind : List.of("stuck_ended", "drift_ended", "dropout_ended", "spike")) {
      List<Fact> facts = wrong.facts(kind);
      assertThat(facts).as(kind).hasSizeGreaterThan(20);
      for (Fact fact : facts) {
        assertShows(fact, readings.get(sensor(fact)));
      }
    }
    assertNothingElseIsWrong(wrong, readings);
  }

  private static void assertShows(Fact fact, List<Reading> readings) {
    Instant begin = (Instant) fact.more().get("begin");
    Instant end = (Instant) fact.more().get("end");
    List<Reading> during = between(readings, begin, end);
    assertThat(during).as(fact.toString()).isNotEmpty();
    for (Reading reading : during) {
      switch (fact.kind()) {
        case "stuck_ended" ->
            assertThat(reading.reported).isEqualTo((double) fact.more().get("reported"));
        case "dropout_ended" -> assertThat(reading.reported).isNaN();
        case "spike" -> {
          assertThat(reading.reported).isEqualTo((double) fact.more().get("reported"));
          assertThat(reading.actual).isEqualTo((double) fact.more().get("true"));
        }
        default -> assertThat(reading.reported).isNotNaN();
      }
    }
    if (fact.kind().equals("drift_ended") && during.size() > 5) {
      Reading last = during.get(during.size() - 1);
      Reading first = during.get(0);
      assertThat(Math.abs(last.reported - last.actual))
          .as(fact.toString())
          .isGreaterThan(Math.abs(first.reported - first.actual));
    }
  }

  private static void assertNothingElseIsWrong(
      FleetRecording wrong, Map<String, List<Reading>> readings) {
    for (Fact fact : wrong.facts) {
      if (fact.kind().endsWith("_ended") || fact.kind().equals("spike")) {
        readings
            .get(sensor(fact))
            .removeAll(
                between(
                    readings.get(sensor(fact)),
                    (Instant) fact.more().get("begin"),
                    (Instant) fact.more().get("end")));
      }
    }
    readings.forEach(
        (sensor, rest) ->
            rest.forEach(
                reading -> assertThat(reading.reported).as(sensor).isEqualTo(reading.actual)));
  }

  private static List<Reading> between(List<Reading> readings, Instant begin, Instant end) {
    return readings.stream()
        .filter(reading -> !reading.at.isBefore(begin) && !reading.at.isAfter(end))
        .toList();
  }

  private static String sensor(Fact fact) {
    return fact.device() + " " + fact.more().get("metric");
  }

  /** Of each sensor, with what the same sensor of the sound fleet reports at the same time. */
  private static Map<String, List<Reading>> readings(FleetRecording wrong, FleetRecording sound)
      throws IOException {
    Map<String, List<Reading>> readings = new TreeMap<>();
    for (int i = 0; i < wrong.messages.size(); i++) {
      FleetMessage message = wrong.messages.get(i);
      assertThat(sound.messages.get(i).id()).isEqualTo(message.id());
      if (message.kind() == Kind.TELEMETRY || message.kind() == Kind.OLDER) {
        Event event = wrong.event(message);
        JsonNode reported = data(event);
        JsonNode actual = data(sound.event(sound.messages.get(i)));
        for (Iterator<String> names = actual.fieldNames(); names.hasNext(); ) {
          String name = names.next();
          readings
              .computeIfAbsent(message.key() + " " + name, sensor -> new ArrayList<>())
              .add(
                  new Reading(
                      event.getTimestamp(),
                      reported.path(name).asDouble(Double.NaN),
                      actual.get(name).asDouble()));
        }
      }
    }
    return readings;
  }

  private static JsonNode data(Event event) throws IOException {
    return JSON.readTree(event.getData().getPayload().array()).path("data");
  }

  @Test
  void followsTheDay() throws IOException {
    FleetPlan day = plan(6, 0.05, SOUND + ",silences=0,malformed=0,doubles=0,disorder=0");
    FleetRecording recording = FleetRecording.of(day, 24 * 180);
    double noon = mean(recording, "sim-00000", "temperature", 5, 7);
    double midnight = mean(recording, "sim-00000", "temperature", 17, 19);

    assertThat(noon - midnight).as("06:00 is the first moment").isCloseTo(8, within(0.5));
  }

  private static double mean(
      FleetRecording recording, String device, String metric, int fromHour, int toHour)
      throws IOException {
    List<Double> values = new ArrayList<>();
    for (FleetMessage message : recording.messages(Kind.TELEMETRY)) {
      Event event = recording.event(message);
      double hour = (event.getTimestamp().toEpochMilli() - FleetRecording.BEGINNING) / 3_600_000.0;
      if (message.key().equals(device) && hour >= fromHour && hour < toHour) {
        values.add(data(event).get(metric).asDouble());
      }
    }
    assertThat(values).isNotEmpty();
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }
}
