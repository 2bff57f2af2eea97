// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.client.ClientSettings;
import io.twinlog.client.PublishResult;
import io.twinlog.client.Publisher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Devices that say something every few seconds, through outages too, as devices do. One of them
 * lives in 1970 and one in 2036, and any can be silenced.
 */
final class SteadyFleet implements AutoCloseable {
  static final String PAST = "steady-1970";
  static final String FUTURE = "steady-2036";

  private final Duration timeout;
  private final Publisher publisher;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Member> members = new ArrayList<>();

  /** Time of the last event of each device that Kafka acknowledged. */
  private final Map<String, Instant> acknowledged = new ConcurrentHashMap<>();

  /**
   * Starts.
   *
   * @param devices beside the two of other times
   * @param timeout the silence after which a device is to be found offline
   * @param period between two events of a device
   */
  SteadyFleet(String bootstrap, int devices, Duration timeout, Duration period) {
    this.timeout = timeout;
    publisher =
        new Publisher(ClientSettings.at(bootstrap).withDeliveryTimeout(Duration.ofMinutes(30)));
    Instant now = Instant.now();
    members.add(new Member(PAST, Duration.between(now, Instant.parse("1970-02-01T00:00:00Z"))));
    members.add(new Member(FUTURE, Duration.between(now, Instant.parse("2036-02-07T06:28:00Z"))));
    for (int device = 0; device < devices; device++) {
      members.add(new Member("steady-" + device, Duration.ZERO));
    }
    for (int at = 0; at < members.size(); at++) {
      timer.scheduleAtFixedRate(
          members.get(at),
          period.toMillis() * at / members.size(),
          period.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /** Ids of all. */
  List<String> devices() {
    return members.stream().map(member -> member.device).toList();
  }

  /**
   * Makes a device silent, and waits until what it has said is acknowledged.
   *
   * @return when its last event was written
   */
  Instant silence(String device) {
    Member silenced =
        members.stream().filter(m -> m.device.equals(device)).findFirst().orElseThrow();
    silenced.silent = true;
    Awaitility.await("the last event of " + device + " is acknowledged")
        .atMost(Duration.ofMinutes(1))
        .until(silenced.last::isDone);
    return acknowledged.get(device);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    publisher.close(Duration.ZERO);
  }

  private final class Member implements Runnable {
    private final String device;
    private final Duration ahead;
    private volatile CompletableFuture<PublishResult> last = new CompletableFuture<>();
    private volatile boolean silent;
    private int sent;

    Member(String device, Duration ahead) {
      this.device = device;
      this.ahead = ahead;
    }

    @Override
    public void run() {
      if (silent) {
        return;
      }
      if (sent == 0) {
        say("device.registered", Messages.registration(timeout.toMillis()));
        say("device.online", "{}");
      } else if (sent % 2 == 0) {
        say("device.heartbeat", "{}");
      } else {
        say("data.collected", "{\"data\":{\"temperature\":21.5}}");
      }
    }

    private void say(String type, String payload) {
      String id = device + "-" + sent++;
      Instant time = Instant.now().plus(ahead);
      CompletableFuture<PublishResult> result =
          publisher.publish(Messages.event(device, id, type, payload, time)).toCompletableFuture();
      last =
          result.whenComplete(
              (published, never) -> {
                if (published instanceof PublishResult.Published) {
                  acknowledged.put(device, Instant.now());
                }
              });
    }
  }
}
