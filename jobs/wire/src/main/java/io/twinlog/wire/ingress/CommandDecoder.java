// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.Command;
import io.twinlog.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes what arrives on commands, and checks it against every rule of the envelope and of the
 * command's arguments. It never throws on any bytes, and knows neither time nor aggregates: expiry,
 * conflicts and the like are found later.
 *
 * <p>Not for threads to share.
 */
public final class CommandDecoder {
  private final Catalogue catalogue;
  private final DecoderLimits limits;
  private final TreeReader trees;
  private final JsonEnvelopes json;
  private final AvroEnvelopes avro = new AvroEnvelopes();

  public CommandDecoder(Catalogue catalogue, DecoderLimits limits) {
    this.catalogue = catalogue;
    this.limits = limits;
    this.trees = new TreeReader(limits);
    this.json = new JsonEnvelopes(trees);
  }

  /**
   * A command that was read, perhaps with holes that are reported.
   *
   * @param data the tree of its arguments; empty: they could not be read, which is reported
   */
  record Draft(Command command, Optional<JsonNode> data) {}

  /**
   * The command, or all that is wrong, and whom to answer.
   *
   * @param value may be null, as on Kafka
   * @param contentType of the record's header; null: there is none
   */
  public Decoded<Command> decode(byte[] value, String contentType) {
    Findings findings = new Findings();
    Optional<Draft> draft =
        WireFormat.of(value, contentType, limits, findings)
            .flatMap(
                format ->
                    switch (format) {
                      case JSON -> json.command(value, findings);
                      case AVRO -> avro.command(value, findings).map(c -> withData(c, findings));
                      case CLOUD_EVENT -> {
                        WireFormat.noCommand(contentType, findings);
                        yield Optional.<Draft>empty();
                      }
                    });
    draft.ifPresent(
        read -> {
          new EnvelopeRules(findings).check(read.command);
          checkData(read, findings);
        });
    if (findings.isEmpty()) {
      return new Decoded.Valid<>(draft.orElseThrow().command);
    }
    Optional<CommandHead> head = draft.flatMap(read -> head(read.command, findings));
    return head.isPresent() ? findings.refused(head.get()) : findings.rejected();
  }

  private Draft withData(Command command, Findings findings) {
    byte[] data = command.getData().getBytes(StandardCharsets.UTF_8);
    return new Draft(command, trees.json(data, Part.COMMAND_DATA, findings).map(Document::root));
  }

  private void checkData(Draft draft, Findings findings) {
    String name = draft.command.getCommand();
    if (name == null || findings.at("command")) {
      return;
    }
    Optional<PayloadSchema> schema = catalogue.command(name);
    if (schema.isEmpty()) {
      findings.envelope(
          ErrorCode.UNKNOWN_VALUE,
          "command",
          "must be one of " + catalogue.commands() + ", is " + Shown.text(name));
      return;
    }
    draft.data.ifPresent(data -> schema.get().check(data, Part.COMMAND_DATA, findings));
  }

  /** A command whose id is not certain cannot be answered: results are keyed by it. */
  private static Optional<CommandHead> head(Command command, Findings findings) {
    if (command.getId() == null || findings.at("id")) {
      return Optional.empty();
    }
    return Optional.of(
        new CommandHead(
            command.getId(),
            presentable(command.getCommand()),
            presentable(command.getAggregateId())));
  }

  private static String presentable(String name) {
    return name != null && Texts.isName(name, EnvelopeRules.NAME_MAX) ? name : "";
  }
}
