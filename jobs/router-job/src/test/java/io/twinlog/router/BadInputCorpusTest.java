// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Reason;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.testkit.BadInput;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.testkit.BadInput.Odd;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.CommandDecoder;
import io.twinlog.wire.ingress.CommandHead;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.DeviceIds;
import io.twinlog.wire.ingress.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputCorpusTest {
  private static final int MUTANTS = 20_000;
  private static final Catalogue CATALOGUE = new Catalogue(false);
  private static final EventDecoder EVENTS = new EventDecoder(CATALOGUE, DecoderLimits.DEFAULT);
  private static final CommandDecoder COMMANDS =
      new CommandDecoder(CATALOGUE, DecoderLimits.DEFAULT);

  static List<Bad> badEvents() {
    return BadInput.events();
  }

  static List<Bad> refusedCommands() {
    return BadInput.commandsWithAnAnswer();
  }

  static List<Bad> deadCommands() {
    return BadInput.commandsWithoutAnAnswer();
  }

  static List<Odd> oddEvents() {
    return BadInput.oddButGoodEvents();
  }

  @Test
  void corpusIsLargeAndItsNamesTellItsCasesApart() {
    assertThat(badEvents()).hasSizeGreaterThan(120).extracting(Bad::name).doesNotHaveDuplicates();
    assertThat(oddEvents()).hasSizeGreaterThan(40).extracting(Odd::name).doesNotHaveDuplicates();
    assertThat(refusedCommands()).extracting(Bad::name).doesNotHaveDuplicates();
  }

  @Test
  void corpusProducesEveryCodeOfTheDecoder() {
    List<ErrorCode> produced =
        badEvents().stream().flatMap(bad -> bad.codes().stream()).distinct().toList();

    assertThat(ErrorCode.values())
        .filteredOn(code -> !produced.contains(code))
        // Other tests: commands have their own code, no schema has another rule, 100 errors.
        .containsExactly(
            ErrorCode.SCHEMA_VIOLATION, ErrorCode.INVALID_COMMAND, ErrorCode.MORE_ERRORS);
  }

  @ParameterizedTest
  @MethodSource("badEvents")
  void rejectsABadEventForExactlyWhatIsWrong(Bad bad) {
    Decoded<Event> decoded = EVENTS.decodeRecord(bad.value(), bad.headers());

    Decoded.Rejected<Event> rejected = rejected(decoded);
    assertThat(rejected.errors())
        .as("%s", rejected.errors())
        .extracting(Reason::code)
        .isEqualTo(texts(bad.codes()));
    assertThat(rejected.reason()).isEqualTo(bad.reason());
    assertThat(rejected.command()).isEmpty();
    assertThat(rejected.errors()).allMatch(BadInputCorpusTest::isPresentable);
  }

  @ParameterizedTest
  @MethodSource("oddEvents")
  void letsAnOddEventPass(Odd odd) {
    Decoded<Event> decoded = EVENTS.decodeRecord(odd.value(), odd.headers());

    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    Event event = ((Decoded.Valid<Event>) decoded).value();
    assertThat(DeviceIds.of(event)).isEqualTo(odd.deviceId());
  }

  @ParameterizedTest
  @MethodSource("refusedCommands")
  void answersABadCommand(Bad bad) {
    Decoded.Rejected<Command> rejected = rejected(COMMANDS.decode(bad.value(), null));

    assertThat(rejected.command()).map(CommandHead::id).contains("c-1");
    assertThat(rejected.errors()).extracting(Reason::code).containsOnly("invalid_command");
    assertThat(rejected.errors())
        .as("%s", rejected.errors())
        .extracting(reason -> reason.message().replaceFirst(":.*", ""))
        .isEqualTo(texts(bad.codes()));
    assertThat(rejected.reason()).isEqualTo(bad.reason());
    assertThat(rejected.errors()).allMatch(BadInputCorpusTest::isPresentable);
  }

  @ParameterizedTest
  @MethodSource("deadCommands")
  void rejectsACommandThatCannotBeAnswered(Bad bad) {
    Decoded.Rejected<Command> rejected = rejected(COMMANDS.decode(bad.value(), null));

    assertThat(rejected.command()).isEmpty();
    assertThat(rejected.errors()).extracting(Reason::code).isEqualTo(texts(bad.codes()));
    assertThat(rejected.reason()).isEqualTo(bad.reason());
  }

  @Test
  void survivesEveryMutant() {
    Random random = new Random(20_261_123);
    List<Odd> events = oddEvents();
    List<byte[]> commands =
        List.of(
            IngressExamples.COMMAND.getBytes(StandardCharsets.UTF_8),
            IngressExamples.bytes(IngressExamples.avroCommand()));
    int valid = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Odd odd = events.get(random.nextInt(events.size()));
      byte[] event = mutant(odd.value(), random);
      List<Header> headers = random.nextBoolean() ? odd.headers() : mutants(odd.headers(), random);
      byte[] command = mutant(commands.get(random.nextInt(commands.size())), random);
      valid += isValid(EVENTS.decodeRecord(event, headers)) ? 1 : 0;
      valid += isValid(COMMANDS.decode(command, null)) ? 1 : 0;
      assertThat(DeviceIds.ofLine(event)).isNotNull();
    }
    // Some hit a letter of an id, most do not: a decoder that took all, or none, would be broken.
    assertThat(valid).isBetween(MUTANTS / 20, MUTANTS);
  }

  private static List<Header> mutants(List<Header> good, Random random) {
    List<Header> headers = new ArrayList<>(good);
    if (!headers.isEmpty()) {
      int at = random.nextInt(headers.size());
      Header header = headers.get(at);
      byte[] value = header.value();
      headers.set(
          at,
          value == null || value.length == 0
              ? header
              : new Header(header.key(), mutant(value, random)));
    }
    return headers;
  }

  private static byte[] mutant(byte[] good, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(good, random.nextInt(good.length));
    }
    byte[] mutant = good.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutant;
  }

  private static boolean isValid(Decoded<?> decoded) {
    if (decoded instanceof Decoded.Rejected<?> rejected) {
      assertThat(rejected.errors()).isNotEmpty().allMatch(BadInputCorpusTest::isPresentable);
      return false;
    }
    return true;
  }

  /** What reaches a log or a terminal moves neither, and is short. */
  private static boolean isPresentable(Reason reason) {
    String shown = reason.path() + reason.message();
    return shown.length() < 1_000 && shown.chars().noneMatch(Character::isISOControl);
  }

  private static <T> Decoded.Rejected<T> rejected(Decoded<T> decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    return (Decoded.Rejected<T>) decoded;
  }

  private static List<String> texts(List<ErrorCode> codes) {
    return codes.stream().map(ErrorCode::text).toList();
  }
}
