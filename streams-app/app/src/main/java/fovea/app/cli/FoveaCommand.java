package fovea.app.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a verb. */
@Command(
    name = "fovea",
    mixinStandardHelpOptions = true,
    version = "Fovea 0.1.0",
    description = "Keeps the picture of what an image classifier looks at, while it runs.",
    footer = {
      "",
      "Exit codes: 0 done, 1 finished with rejects or a failed check, 2 wrong use,",
      "3 the world is broken. Every verb has --help and --json.",
      "`fovea train` trains a model: it has a help of its own."
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ChaosCommand.class,
      IngestCommand.class,
      EraseCommand.class,
      MapCommand.class,
      ModelsCommand.class,
      ModelCommand.class,
      ValidateCardCommand.class,
      ConfigCommand.class,
      TopicsCommand.class,
      HelpCommand.class
    })
final class FoveaCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say what to do: a verb is missing.");
  }
}
