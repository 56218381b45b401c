package fovea.app.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea model}: what reads and changes the model store. */
@Command(
    name = "model",
    description = "Read and change the model store.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelAddCommand.class,
      ModelListCommand.class,
      ModelShowCommand.class,
      ModelVerifyCommand.class,
      ModelCheckCommand.class,
      ModelRemoveCommand.class,
      ModelSignCommand.class
    })
final class ModelCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "Say what to do with a model: add, list, show, verify, check, remove or sign.");
  }
}
