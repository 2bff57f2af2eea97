// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and controller inside this JVM, on the loopback interface, for local runs and
 * tests. It has no replicas, no authentication, and no settings to tune.
 *
 * <p>Its directory outlives it: after a clean stop or a kill it starts again with what was in its
 * log.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;
  private static final String CONTROLLER = "CONTROLLER";
  // Any 16 bytes in base64url will do, but not one that starts with a dash.
  private static final String CLUSTER = "twinlogLocalRun000000A";

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Formats the directory if it is new, and starts.
   *
   * @param port where clients connect; 0 for any free port
   */
  public static EmbeddedBroker start(Path directory, int port) throws IOException {
    int chosen = Ports.choose(port, "Kafka", "--kafka-port");
    int controller = Ports.choose(0, "the Kafka controller", "");
    Files.createDirectories(directory);
    format(directory);
    KafkaRaftServer server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(properties(directory, chosen, controller)), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw new IOException("the embedded Kafka broker does not start: " + e.getMessage(), e);
    }
    return new EmbeddedBroker(server, chosen);
  }

  private static void format(Path directory) throws IOException {
    Formatter formatter =
        new Formatter()
            .setNodeId(NODE)
            .setClusterId(CLUSTER)
            .addDirectory(directory.toString())
            .setMetadataLogDirectory(directory.toString())
            .setControllerListenerName(CONTROLLER)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setIgnoreFormatted(true)
            .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IOException("cannot format " + directory + " for Kafka: " + e.getMessage(), e);
    }
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE));
    p.setProperty("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
    p.setProperty("controller.listener.names", CONTROLLER);
    p.setProperty(
        "listeners",
        "PLAINTEXT://localhost:%d,%s://localhost:%d".formatted(port, CONTROLLER, controllerPort));
    p.setProperty("advertised.listeners", "PLAINTEXT://localhost:" + port);
    p.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    p.setProperty("log.dirs", directory.toString());
    p.setProperty("auto.create.topics.enable", "false");
    // A device may write from 1970 or 2036: retention by its own time would delete at once, or
    // never.
    p.setProperty("log.message.timestamp.type", "LogAppendTime");
    singleNode(p);
    return p;
  }

  private static void singleNode(Properties p) {
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      p.setProperty(topic + ".replication.factor", "1");
      p.setProperty(topic + ".num.partitions", "1");
    }
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
  }

  /** Where clients connect, HOST:PORT. */
  public String bootstrap() {
    return "localhost:" + port;
  }

  public int port() {
    return port;
  }

  /** Stops cleanly: everything acknowledged is on disk. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
