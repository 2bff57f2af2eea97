// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.BuildVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The operator's command: its options for all, and its subcommands. It does nothing by itself. */
@Command(
    name = "twinlog",
    description = "Sends to, reads from and looks after a Twinlog installation.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Twinlog.Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    subcommands = {
      SendCommand.class,
      SubmitCommand.class,
      TailCommand.class,
      DigestCommand.class,
      DeadLettersCommand.class,
      ParkedCommand.class,
      LedgerCommand.class,
      RulesCommand.class,
      EscalationCommand.class,
      ExplainCommand.class,
      TopicsCommand.class
    },
    footer = {
      "",
      "Without --bootstrap, 'bootstrap' in --config, or TWINLOG_BOOTSTRAP, the local run is used.",
      "Exit codes: 0 done, 1 failed, 2 usage, 3 refused, rejected or residue, 4 no answer.",
      "TWINLOG_LOG=FILE keeps what Kafka's clients log.",
      "'twinlog fuzz --help', 'twinlog bench --help': simulations of the jobs, and what they cost;",
      "programs of their own.",
      "",
      "Example:",
      "  twinlog tail device.state --until-end"
    })
final class Twinlog implements Runnable {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "Addresses of the brokers, comma-separated.")
  private Optional<String> bootstrap;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Java properties: 'bootstrap', 'prefix', and any of Kafka's clients, such as those of TLS"
              + " and SASL, or delivery.timeout.ms (default: 2 minutes).")
  private Optional<Path> config;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      scope = ScopeType.INHERIT,
      description =
          "What the names of topics begin with (default: that of the local run, or twinlog.).")
  private Optional<String> prefix;

  @Spec private CommandSpec spec;

  private final Environment environment;

  private Twinlog(Environment environment) {
    this.environment = environment;
  }

  /**
   * Runs one command line.
   *
   * @return one of {@link ExitCode}
   */
  static int run(Environment environment, String... arguments) {
    Twinlog twinlog = new Twinlog(environment);
    CommandLine line = new CommandLine(twinlog);
    line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(environment.err(), true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // Ids may begin with @: none of them names a file to read arguments from.
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler((wrong, given) -> twinlog.explain(wrong));
    line.setExecutionExceptionHandler((e, at, given) -> new Failures(environment).tell(e));
    return line.execute(arguments);
  }

  private int explain(ParameterException wrong) {
    environment.say("twinlog: " + wrong.getMessage());
    environment.say(
        "Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  Environment environment() {
    return environment;
  }

  /** Where the installation is, by the options, the configuration, or the local run. */
  Connection connection() {
    return Connection.find(bootstrap, prefix, config, environment.variables());
  }

  /** What it and its subcommands answer to {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {BuildVersion.line()};
    }
  }
}
