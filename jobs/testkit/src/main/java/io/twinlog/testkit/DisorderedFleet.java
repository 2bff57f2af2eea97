// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import io.twinlog.flink.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a fleet measures, as it comes in when nothing goes well: shuffled within an hour, a part of
 * it hours late, some of it twice; and last year's days of some devices before, between and after
 * what they measure now. Live data goes on for six hours.
 */
public final class DisorderedFleet {
  private static final Instant LAST_YEAR = Instant.parse("2025-03-10T00:00:00Z");
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;
  private static final long SPAN = 6 * HOUR;

  /** How often devices measure, ms: of the first few, of some more, of all others. */
  private static final long[] INTERVALS = {30_000, 120_000, 300_000, 900_000};

  /** One in so many backfills. */
  private static final int BACKFILLS = 7;

  private static final long BACKFILL_INTERVAL = 3_600_000;

  /** When a day of last year comes in, after the beginning of live data, and which day it is. */
  private static final long[][] BACKFILL = {{-2 * HOUR, 0}, {3 * HOUR, 1}, {18 * HOUR, 10}};

  /** Long enough for every window to be closed for good. */
  private static final long SILENCE = 4 * DAY;

  /**
   * Which fleet.
   *
   * @param live when its live data begins
   * @param devices how many measure every half minute, every 2, 5 and 15 minutes
   * @param late whether 5 % are more than an hour late, up to five hours; else nothing is
   */
  public record Plan(Instant live, List<Integer> devices, boolean late) {
    public Plan {
      devices = List.copyOf(devices);
    }
  }

  /** A measurement. */
  public record Sent(String device, String id, long time, String payload) {}

  private record Arrival(long at, Sent sent) {}

  private final Random random = new Random(20_261_201);
  private final List<Sent> sent = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Plan plan;
  private final List<String> devices = new ArrayList<>();
  private final List<String> backfilled = new ArrayList<>();

  public DisorderedFleet(Plan plan) {
    this.plan = plan;
    for (int i = 0; i < INTERVALS.length; i++) {
      for (int n = 0; n < plan.devices().get(i); n++) {
        String device = "d-" + devices.size();
        devices.add(device);
        live(device, INTERVALS[i]);
        if (devices.size() % BACKFILLS == 1) {
          backfilled.add(device);
          backfill(device);
        }
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
  }

  private void live(String device, long interval) {
    for (long at = 0; at < SPAN; at += interval) {
      long time = plan.live().toEpochMilli() + at + random.nextInt((int) interval);
      arrive(time, new Sent(device, device + "-" + at / interval, time, payload()));
    }
  }

  /** A day comes in within an hour, each of its own disorder. */
  private void backfill(String device) {
    for (long[] chunk : BACKFILL) {
      long begin = LAST_YEAR.toEpochMilli() + chunk[1] * DAY;
      List<Arrival> day = new ArrayList<>();
      for (long at = 0; at < DAY; at += BACKFILL_INTERVAL) {
        long time = begin + at + random.nextInt((int) BACKFILL_INTERVAL);
        String id = device + "-old-" + chunk[1] + '-' + at / BACKFILL_INTERVAL;
        day.add(new Arrival(time + delay(), new Sent(device, id, time, payload())));
      }
      day.sort(Comparator.comparingLong(Arrival::at));
      for (int i = 0; i < day.size(); i++) {
        long at = plan.live().toEpochMilli() + chunk[0] + i * HOUR / day.size();
        sent.add(day.get(i).sent());
        arriveOnceOrTwice(at, day.get(i).sent());
      }
    }
  }

  private void arrive(long time, Sent measurement) {
    sent.add(measurement);
    arriveOnceOrTwice(time + delay(), measurement);
  }

  /** 2 % are doubled. */
  private void arriveOnceOrTwice(long at, Sent measurement) {
    arrivals.add(new Arrival(at, measurement));
    if (random.nextInt(50) == 0) {
      arrivals.add(new Arrival(at + random.nextInt((int) HOUR), measurement));
    }
  }

  private long delay() {
    boolean late = random.nextInt(20) == 0 && plan.late();
    return late ? HOUR + random.nextInt((int) (4 * HOUR)) : random.nextInt((int) HOUR);
  }

  /** 1 % cannot be: they are beyond the range of the sensor. */
  private String payload() {
    double temperature =
        random.nextInt(100) == 0 ? 999 : Math.rint(random.nextGaussian() * 1_500) / 100;
    long pressure = random.nextInt(10) == 0 ? -random.nextInt(50) : 900 + random.nextInt(200);
    return "{\"data\":{\"temperature\":" + temperature + ",\"pressure\":" + pressure + "}}";
  }

  /** All measurements, each once. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** All measurements as they come in, those that are doubled twice. */
  public List<Sent> arrivals() {
    return arrivals.stream().map(Arrival::sent).toList();
  }

  public List<String> devices() {
    return List.copyOf(devices);
  }

  /** Devices of which last year's days come in, too. */
  public List<String> backfilled() {
    return List.copyOf(backfilled);
  }

  /**
   * The inbox: most devices are registered; then all that comes in, with a router that repeats
   * itself now and then; and silence until every window is closed for good.
   */
  public List<SourceRecord> inbox() {
    TestingInbox inbox = new TestingInbox();
    long now = arrivals.get(0).at();
    inbox.afterMillis(now - TestingInbox.BEGINNING.toEpochMilli());
    for (int i = 0; i < devices.size(); i++) {
      if (i % 10 != 9) {
        inbox.event(devices.get(i), "r", "device.registered", "{\"model\":\"T20\"}");
      }
    }
    int count = 0;
    for (Arrival arrival : arrivals) {
      inbox.afterMillis(arrival.at() - now);
      now = arrival.at();
      Sent one = arrival.sent();
      inbox.eventOf(
          Instant.ofEpochMilli(one.time()),
          one.device(),
          one.id(),
          "data.collected",
          one.payload());
      if (++count % 1_000 == 0) {
        inbox.repeatLast(30);
      }
    }
    inbox.afterMillis(SILENCE);
    for (String device : devices) {
      inbox.event(device, "end", "device.registered", "{\"model\":\"T20\"}");
    }
    return inbox.records();
  }
}
