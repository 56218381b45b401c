package fovea.app.cli;

import fovea.app.config.ConfigException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Parses the command line, runs one verb, and turns what went wrong into a sentence and a code. */
public final class CommandLineRunner {
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  public CommandLineRunner(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
  }

  /** Runs {@code args} and gives the exit code: 0 done, 1 with rejects, 2 wrong use, 3 broken. */
  public int run(String... args) {
    boolean interactive =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    Terminal terminal = new Terminal(out, err, interactive);
    CommandLine line = new CommandLine(new FoveaCommand(), factory(terminal));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, terminal));
    return line.execute(args);
  }

  private IFactory factory(Terminal terminal) {
    Surroundings surroundings = new Surroundings(terminal, environment);
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        try {
          return type.getDeclaredConstructor(Surroundings.class).newInstance(surroundings);
        } catch (NoSuchMethodException e) {
          return CommandLine.defaultFactory().create(type);
        }
      }
    };
  }

  private int failed(Exception failure, Terminal terminal) throws Exception {
    return switch (failure) {
      case WrongUseException e -> end(terminal, ExitCode.WRONG_USE, e);
      case ConfigException e -> end(terminal, ExitCode.WRONG_USE, e);
      case BrokenWorldException e -> end(terminal, ExitCode.BROKEN, e);
      case IOException e -> end(terminal, ExitCode.BROKEN, e);
      case UncheckedIOException e -> end(terminal, ExitCode.BROKEN, e);
      case KafkaException e -> end(terminal, ExitCode.BROKEN, e);
      case InterruptedException e -> end(terminal, ExitCode.BROKEN, e);
      default -> throw failure;
    };
  }

  private int end(Terminal terminal, int code, Exception failure) {
    String message = failure.getMessage();
    terminal.note("fovea: " + (message == null ? failure.getClass().getSimpleName() : message));
    if (environment.containsKey("FOVEA_DEBUG")) {
      failure.printStackTrace(err);
    }
    return code;
  }
}
