// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceEvent;
import io.twinlog.domain.service.ServiceInfo;
import io.twinlog.schemas.ServiceLog;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.GoldenServices;
import io.twinlog.wire.SingleObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept and sent of services comes back as it was, and keeps its bytes. */
class ServiceCodecsTest {
  private static <T> byte[] bytes(BinaryCodec<T> codec, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(out));
    return out.toByteArray();
  }

  private static <T> T read(BinaryCodec<T> codec, byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static <T> void comesBack(BinaryCodec<T> codec, T value) throws IOException {
    byte[] bytes = bytes(codec, value);
    assertThat(read(codec, bytes)).isEqualTo(value);

    bytes[0] = 9;
    assertThatThrownBy(() -> read(codec, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 9");
  }

  @Test
  void comeBackAsTheyWere() throws IOException {
    comesBack(new ServiceVitalsCodec(), GoldenServices.VITALS);
    comesBack(new ServiceMoveCodec(), GoldenServices.MOVE);
    comesBack(new EndpointsCodec(), GoldenServices.ENDPOINTS);
    ServiceInstances states = new ServiceInstances();
    assertThat(states.decode(states.encode(GoldenServices.STATE))).isEqualTo(GoldenServices.STATE);
  }

  /** Layout 1 of each, for ever. */
  @Test
  void keepTheirBytes() throws IOException {
    assertThat(HexFormat.of().formatHex(bytes(new ServiceVitalsCodec(), GoldenServices.VITALS)))
        .isEqualTo(
            "01000653494c454e54000864656772616465640000000000001388000000000000ea600000019b76daa802000000000000e678");
    assertThat(HexFormat.of().formatHex(bytes(new ServiceMoveCodec(), GoldenServices.MOVE)))
        .isEqualTo(
            "01000762696c6c696e670003622d310000000000000004000653494c454e54000f687474703a2f2f622d313a383038300003312e3200086465677261646564");
    assertThat(HexFormat.of().formatHex(bytes(new EndpointsCodec(), GoldenServices.ENDPOINTS)))
        .isEqualTo(
            "01000762696c6c696e67000000000000ea61000000020003622d31000a687474703a2f2f622d310003312e3200076865616c746879000448454c44000000000000e6780003622d32000a687474703a2f2f622d3200000008646567726164656400054845415244000000000000000000000002000000000000e678000000000000ea600000000000000001000000000000ea6001");
  }

  @Test
  void everyEventOfTheLogComesBack() {
    ServiceInfo bare = new ServiceInfo("billing", "http://b-1", "", 0);
    List<ServiceEvent> events =
        List.of(
            new ServiceEvent.ServiceRegistered(GoldenServices.INFO),
            new ServiceEvent.ServiceUpdated(bare),
            new ServiceEvent.HealthChanged(Health.HEALTHY, Health.UNHEALTHY),
            new ServiceEvent.ServiceFellSilent(17),
            new ServiceEvent.ServiceCameBack(),
            new ServiceEvent.ServiceStopped(),
            new ServiceEvent.ServiceExpired(),
            new ServiceEvent.ServiceForgotten());
    assertThat(events.stream().map(event -> (Object) event.getClass()))
        .containsExactlyInAnyOrder((Object[]) ServiceEvent.class.getPermittedSubclasses());
    SingleObject singleObject = new SingleObject();
    for (ServiceEvent event : events) {
      Recorded<ServiceEvent> recorded =
          new Recorded<>(3, new Moment(60, 1_000), 900, Cause.TIMEOUT, event);
      byte[] written = singleObject.encode(ServiceLogCodec.toAvro("b-1", recorded, "", "k"));
      assertThat(ServiceLogCodec.fromAvro(singleObject.decode(written, ServiceLog.class)))
          .isEqualTo(recorded);
    }
  }

  @Test
  void refusesAnEventThatItDoesNotKnow() {
    ServiceLog log =
        ServiceLogCodec.toAvro(
            "b-1",
            new Recorded<>(
                1, new Moment(0, 0), 0, Cause.ANNOUNCED, new ServiceEvent.ServiceCameBack()),
            "",
            "");
    log.setEvent("ServiceCloned");

    assertThatThrownBy(() -> ServiceLogCodec.fromAvro(log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ServiceCloned");
  }
}
