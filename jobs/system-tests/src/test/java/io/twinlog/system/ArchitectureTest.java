// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may depend on whom: the table of docs/architecture.md. It looks at no test classes. */
class ArchitectureTest {
  private static final String DOMAIN = "io.twinlog.domain..";
  private static final String SCHEMAS = "io.twinlog.schemas..";
  private static final String WIRE = "io.twinlog.wire..";
  private static final String CEL = "io.twinlog.cel";
  private static final String RULES = "io.twinlog.rules..";
  private static final String FLINK_KIT = "io.twinlog.flink..";
  private static final String CLOCK_JOB = "io.twinlog.clock..";
  private static final String ROUTER_JOB = "io.twinlog.router..";
  private static final String DEVICE_JOB = "io.twinlog.device..";
  private static final String TELEMETRY_JOB = "io.twinlog.telemetry..";
  private static final String SERVICE_JOB = "io.twinlog.service..";
  private static final String ESCALATION_JOB = "io.twinlog.escalation..";
  private static final String NOTIFIER_JOB = "io.twinlog.notifier..";
  private static final String CLIENT = "io.twinlog.client..";
  private static final String QUERY = "io.twinlog.query..";
  private static final String CLI = "io.twinlog.cli..";
  private static final String[] JOBS = {
    CLOCK_JOB, ROUTER_JOB, DEVICE_JOB, TELEMETRY_JOB, SERVICE_JOB, ESCALATION_JOB, NOTIFIER_JOB
  };
  private static final String EXTENSION_TESTKIT = "io.twinlog.extension..";
  private static final String FLEET = "io.twinlog.local.fleet.core..";
  private static final String[] DETERMINED = {
    DOMAIN, WIRE, CEL, RULES, FLINK_KIT, ROUTER_JOB, DEVICE_JOB, TELEMETRY_JOB, FLEET
  };
  private static final String BENCHMARKS = "io.twinlog.benchmarks..";

  /** What gives another answer each time it is asked. */
  private static final Set<String> UNDETERMINED =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.util.UUID.randomUUID",
          "java.util.Random.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.concurrent.ThreadLocalRandom.current");

  private static JavaClasses ours;

  @BeforeAll
  static void readsTheClasses() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Libraries of others, which only bear a name of ours.
            .withImportOption(location -> !location.contains("/cel/shaded/"))
            .importPackages("io.twinlog");
  }

  @Test
  void seesEveryModule() {
    for (String module :
        new String[] {
          "domain",
          "schemas",
          "wire",
          "cel",
          "rules",
          "flink",
          "clock",
          "router",
          "device",
          "telemetry",
          "service",
          "client",
          "query",
          "cli",
          "extension",
          "local",
          "simulator",
          "benchmarks"
        }) {
      assertThat(ours.stream().map(type -> type.getPackageName() + "."))
          .as(module)
          .anyMatch(name -> name.startsWith("io.twinlog." + module + "."));
    }
  }

  @Test
  void domainIsPureJava() {
    only(DOMAIN).check(ours);
  }

  @Test
  void schemasKnowAvroAlone() {
    only(SCHEMAS, "org.apache.avro..").check(ours);
  }

  @Test
  void wireKnowsNeitherFlinkNorKafka() {
    only(WIRE, DOMAIN, SCHEMAS, "org.apache.avro..", "com.fasterxml.jackson..", "com.networknt..")
        .check(ours);
  }

  @Test
  void conditionsKnowTheirLanguageAlone() {
    only(CEL, DOMAIN, "io.twinlog.cel.shaded..").check(ours);
  }

  /** Of CEL no more than what hides it. */
  @Test
  void documentsOfRulesKnowNeitherFlinkNorTheLanguageOfConditions() {
    only(
            RULES,
            CEL,
            DOMAIN,
            WIRE,
            SCHEMAS,
            "com.fasterxml.jackson..",
            "org.apache.kafka..",
            "org.slf4j..",
            "org.snakeyaml.engine..")
        .check(ours);
  }

  @Test
  void flinkKitKnowsNoAggregate() {
    none(
            FLINK_KIT,
            "io.twinlog.domain.*..",
            "io.twinlog.wire.device..",
            "io.twinlog.wire.ingress..",
            "io.twinlog.wire.json..")
        .check(ours);
    none(FLINK_KIT, others(FLINK_KIT)).check(ours);
  }

  @Test
  void jobsDoNotKnowEachOther() {
    for (String job : JOBS) {
      none(job, others(job)).check(ours);
    }
  }

  /** The jobs but one, and what knows none of them. */
  private static String[] others(String job) {
    return Stream.concat(
            Arrays.stream(JOBS).filter(other -> !other.equals(job)), Stream.of(CLIENT, QUERY, CLI))
        .toArray(String[]::new);
  }

  /** They may know all; that they measure something must change nothing of it. */
  @Test
  void nothingKnowsTheBenchmarks() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BENCHMARKS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BENCHMARKS)
        .check(ours);
  }

  @Test
  void theOracleSharesNoCodeWithWhatItJudges() {
    noClasses()
        .that()
        .resideInAPackage("io.twinlog.simulator..")
        .and()
        .haveSimpleNameStartingWith("Oracle")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FLINK_KIT, DEVICE_JOB, TELEMETRY_JOB, SERVICE_JOB, ESCALATION_JOB)
        .check(ours);
  }

  @Test
  void clientAndCliKnowNoFlink() {
    only(
            CLIENT,
            CEL,
            WIRE,
            DOMAIN,
            SCHEMAS,
            "org.apache.kafka..",
            "org.apache.avro..",
            "com.fasterxml.jackson..")
        .check(ours);
    only(
            CLI,
            CLIENT,
            RULES,
            WIRE,
            DOMAIN,
            SCHEMAS,
            "org.apache.kafka..",
            "com.fasterxml.jackson..",
            "picocli..")
        .check(ours);
  }

  @Test
  void theQueryServiceKnowsNoFlink() {
    only(
            QUERY,
            CLIENT,
            WIRE,
            DOMAIN,
            SCHEMAS,
            "org.apache.kafka..",
            "com.fasterxml.jackson..",
            "org.sqlite..")
        .check(ours);
  }

  /** A user's tests bring no cluster, and no test library that the user has not chosen. */
  @Test
  void theTestkitOfExtensionsKnowsNeitherFlinkNorKafka() {
    only(EXTENSION_TESTKIT, WIRE, DOMAIN, SCHEMAS, RULES, "com.fasterxml.jackson..").check(ours);
  }

  @Test
  void theFleetKnowsNeitherFlinkNorKafka() {
    only(FLEET, WIRE, DOMAIN, SCHEMAS).check(ours);
  }

  @Test
  void nothingThatAReplayRepeatsReadsTheMachinesClockOrDrawsLots() {
    determined(DETERMINED).check(ours);
  }

  @Test
  void seesEachUndeterminedCall() {
    JavaClasses sinner = new ClassFileImporter().importClasses(Undetermined.class);

    assertThatThrownBy(() -> determined("io.twinlog.system..").check(sinner))
        .hasMessageContaining("(8 times)");
  }

  /** The classes of a module depend on themselves, on Java, and on these packages. */
  private static ArchRule only(String module, String... packages) {
    String[] allowed = new String[packages.length + 2];
    allowed[0] = "java..";
    allowed[1] = module;
    System.arraycopy(packages, 0, allowed, 2, packages.length);
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  private static ArchRule none(String module, String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  private static ArchRule determined(String... packages) {
    DescribedPredicate<JavaAccess<?>> undetermined =
        DescribedPredicate.describe(
            "what differs from run to run",
            access ->
                UNDETERMINED.contains(
                    access.getTargetOwner().getName() + "." + access.getTarget().getName()));
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        // It waits for a broker, before a job is laid out; nothing of it reaches a record.
        .and()
        .doNotHaveSimpleName("TopicChecks")
        // It gives up waiting for rules, and the job ends; what it finds is the same at any time.
        .and()
        .doNotHaveSimpleName("LoggedRuleBook")
        // It says how long a barrier was held back, and a write takes; nothing of it reaches a
        // record either.
        .and()
        .doNotHaveSimpleName("Stopwatch")
        // It waits for rules that are not there yet; what they are does not depend on how long.
        .and()
        .doNotHaveSimpleName("LoggedRuleBook")
        .should()
        .accessTargetWhere(undetermined);
  }

  /** Does all that no rule may; nobody calls it. */
  static final class Undetermined {
    private Undetermined() {}

    static String everything() {
      return ""
          + System.currentTimeMillis()
          + Instant.now()
          + Math.random()
          + UUID.randomUUID()
          + new Random()
          + ThreadLocalRandom.current()
          + Instant.now(Clock.systemUTC());
    }
  }
}
